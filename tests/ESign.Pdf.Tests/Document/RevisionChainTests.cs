using System.Security.Cryptography;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pki.Keys;

namespace ESign.Pdf.Tests.Document;

/// <summary>The original is copied byte for byte and hashed, whichever of the ways its kind and size choose.</summary>
public sealed class RevisionChainTests : IDisposable
{
    private const int Large = 3_000_001; // above the size from which copying runs beside hashing, and no multiple of any block
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-chain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    [InlineData(Large)]
    public async Task Memory_to_memory(int length)
    {
        byte[] original = Bytes(length);
        using var input = new MemoryStream(original, 0, length, writable: false, publiclyVisible: true);
        using var output = new MemoryStream();
        output.Write("kept"u8);
        await CopyAndHash(input, output, original);
        Assert.Equal([.. "kept"u8, .. original], output.ToArray());
    }

    [Theory]
    [InlineData(200_000, "kept")]
    [InlineData(Large, "kept")]
    [InlineData(Large, "")] // whole files may share their blocks
    public async Task File_to_file(int length, string before)
    {
        byte[] original = Bytes(length);
        using FileStream input = FileOf(original);
        using (FileStream output = File.Create(Path.Combine(_folder, "out")))
        {
            byte[] kept = Encoding.ASCII.GetBytes(before);
            output.Write(kept);
            await CopyAndHash(input, output, original);
            Assert.Equal(kept.Length + length, output.Position);
            output.Write("appended"u8);
        }

        byte[] written = await File.ReadAllBytesAsync(Path.Combine(_folder, "out"), TestContext.Current.CancellationToken);
        Assert.Equal([.. Encoding.ASCII.GetBytes(before), .. original, .. "appended"u8], written);
    }

    [Fact]
    public async Task File_to_a_stream_that_is_no_file()
    {
        byte[] original = Bytes(Large);
        using FileStream input = FileOf(original);
        using var output = new MemoryStream();
        await CopyAndHash(input, output, original);
        Assert.Equal(original, output.ToArray());
    }

    [Fact]
    public async Task File_hashed_first_and_copied_later()
    {
        byte[] original = Bytes(Large);
        using FileStream input = FileOf(original);
        using var output = new MemoryStream();
        using var chain = new RevisionChain(input, DigestAlgorithm.Sha256);
        await chain.HashOriginalAsync(copyTo: null, TestContext.Current.CancellationToken);
        await chain.CopyOriginalAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(original, output.ToArray());
        Assert.Equal(SHA256.HashData(original), chain.DigestWith(DigestAlgorithm.Sha256, [], []));
    }

    [Fact]
    public async Task An_output_that_fails_fails_the_signing_after_both_have_stopped()
    {
        using var input = new MemoryStream(Bytes(Large), 0, Large, writable: false, publiclyVisible: true);
        using var output = new MemoryStream(new byte[10]); // cannot grow
        using var chain = new RevisionChain(input, DigestAlgorithm.Sha256);
        await Assert.ThrowsAsync<NotSupportedException>(() => chain.HashOriginalAsync(output, TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task An_input_cut_short_meanwhile_is_an_error_not_a_short_copy()
    {
        using FileStream input = FileOf(Bytes(Large));
        using var chain = new RevisionChain(input, DigestAlgorithm.Sha256);
        input.SetLength(Large - 1);
        using FileStream output = File.Create(Path.Combine(_folder, "out"));
        await Assert.ThrowsAsync<EndOfStreamException>(() => chain.HashOriginalAsync(output, TestContext.Current.CancellationToken).AsTask());
    }

    private static async Task CopyAndHash(Stream input, Stream output, byte[] original)
    {
        using var chain = new RevisionChain(input, DigestAlgorithm.Sha256, DigestAlgorithm.Sha512);
        await chain.HashOriginalAsync(output, TestContext.Current.CancellationToken);
        Assert.Equal(original.Length, chain.Length);
        Assert.Equal(SHA256.HashData(original), chain.DigestWith(DigestAlgorithm.Sha256, [], []));
        Assert.Equal(SHA512.HashData([.. original, 1, 2]), chain.DigestWith(DigestAlgorithm.Sha512, [1], [2]));
    }

    private FileStream FileOf(byte[] content)
    {
        string path = Path.Combine(_folder, "in");
        File.WriteAllBytes(path, content);
        return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
    }

    private static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        uint state = 7;
        for (int i = 0; i < length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            bytes[i] = (byte)(state >> 24);
        }

        return bytes;
    }
}
