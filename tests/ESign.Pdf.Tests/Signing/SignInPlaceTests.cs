using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Testing;

namespace ESign.Pdf.Tests.Signing;

/// <summary>A file that is signed where it lies ends up as it was or signed, wherever a crash falls.</summary>
public sealed class SignInPlaceTests : IDisposable
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_grows_by_the_signature_and_every_witness_finds_it_valid()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = TestDocuments.Pages(2);
        string path = _folder.Write("contract.pdf", original);
        var signer = new PdfSigner(pki.Enterprise);
        SignatureReceipt first = await signer.SignInPlaceAsync(path, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 80, 500)) }, TestContext.Current.CancellationToken);
        PadesLevel archive = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        SignatureReceipt second = await signer.SignInPlaceAsync(path, new SignatureOptions { Level = archive }, TestContext.Current.CancellationToken);
        Assert.Equal(["contract.pdf"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
        Assert.True(File.ReadAllBytes(path).AsSpan().StartsWith(original));
        Assert.Equal("B-LTA", second.Level);
        Assert.Equal(second.Length, new FileInfo(path).Length);
        Assert.True(first.Length < second.Length);
        Assert.Empty(Witness.QpdfComplaints(path));
        Assert.Equal(2, Witness.PdfSig(path).Count(entry => entry.IsValid));
    }

    [Fact]
    public async Task A_refused_signature_leaves_the_file_as_it_was()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = TestDocuments.Pages(1);
        string path = _folder.Write("contract.pdf", original);
        await Assert.ThrowsAsync<SealPlacementException>(() => new PdfSigner(pki.Enterprise).SignInPlaceAsync(path, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 590, 0)) }));
        Assert.Equal(original, File.ReadAllBytes(path));
        Assert.Equal(["contract.pdf"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_damaged_file_is_replaced_as_a_whole()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] broken = TestDocuments.TwoPages();
        "99999999"u8.CopyTo(broken.AsSpan(broken.AsSpan().LastIndexOf("startxref"u8) + 10));
        string path = _folder.Write("broken.pdf", broken);
        SignatureReceipt receipt = await new PdfSigner(pki.Enterprise).SignInPlaceAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Single(receipt.Notes);
        Assert.True(Assert.Single(Witness.PdfSig(path)).IsValid);
        Assert.Equal(["broken.pdf"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Nobody_else_signs_the_file_meanwhile()
    {
        TestPki pki = await TestPki.SharedAsync();
        string path = _folder.Write("contract.pdf", TestDocuments.Pages(1));
        using FileStream held = AppendJournal.Open(path);
        await Assert.ThrowsAsync<IOException>(() => new PdfSigner(pki.Enterprise).SignInPlaceAsync(path));
    }

    /// <summary>The states a crash can leave: any number of the appended bytes, some of them zeros that never reached the disk.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(500, 0)]
    [InlineData(500, 400)]
    [InlineData(999, 0)]
    [InlineData(1000, 1)]
    [InlineData(1000, 1000)]
    public void What_a_crash_left_is_taken_back(int written, int zeros)
    {
        (byte[] original, byte[] appended) = (Bytes(5000, seed: 1), Bytes(1000, seed: 2));
        string path = Crashed(original, appended, written, zeros);
        AppendJournal.Open(path).Dispose();
        Assert.Equal(original, File.ReadAllBytes(path));
        Assert.False(File.Exists(AppendJournal.PathFor(path)));
    }

    [Fact]
    public void What_reached_the_disk_whole_stays()
    {
        (byte[] original, byte[] appended) = (Bytes(5000, seed: 1), Bytes(1000, seed: 2));
        string path = Crashed(original, appended, written: 1000, zeros: 0);
        AppendJournal.Open(path).Dispose();
        Assert.Equal([.. original, .. appended], File.ReadAllBytes(path));
        Assert.False(File.Exists(AppendJournal.PathFor(path)));
    }

    [Fact]
    public void What_somebody_else_wrote_since_stays()
    {
        (byte[] original, byte[] appended, byte[] other) = (Bytes(5000, seed: 1), Bytes(1000, seed: 2), Bytes(700, seed: 3));
        string path = Crashed(original, appended, written: 0, zeros: 0);
        File.WriteAllBytes(path, [.. original, .. other]);
        AppendJournal.Open(path).Dispose();
        Assert.Equal([.. original, .. other], File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(70)]
    public void A_journal_that_is_not_whole_means_that_nothing_was_appended(int length)
    {
        (byte[] original, byte[] appended) = (Bytes(5000, seed: 1), Bytes(1000, seed: 2));
        string path = Crashed(original, appended, written: 0, zeros: 0);
        using (FileStream journal = File.OpenWrite(AppendJournal.PathFor(path)))
        {
            journal.SetLength(length);
        }

        AppendJournal.Open(path).Dispose();
        Assert.Equal(original, File.ReadAllBytes(path));
        Assert.False(File.Exists(AppendJournal.PathFor(path)));
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_not_appended_to()
    {
        byte[] original = Bytes(5000, seed: 1);
        string path = _folder.Write("file", original);
        using (FileStream file = AppendJournal.Open(path))
        {
            Assert.Throws<IOException>(() => AppendJournal.Append(file, path, original.Length - 1, [1, 2, 3]));
        }

        Assert.Equal(original, File.ReadAllBytes(path));
        Assert.False(File.Exists(AppendJournal.PathFor(path)));
    }

    /// <summary>The files as they lie when the process dies after the journal was written: it is copied away in the act.</summary>
    private string Crashed(byte[] original, byte[] appended, int written, int zeros)
    {
        string path = _folder.Write("file", original);
        File.WriteAllBytes(AppendJournal.PathFor(path), AppendJournal.Encode(original.Length, appended));
        byte[] tail = appended[..written];
        tail.AsSpan(written - zeros).Clear();
        File.WriteAllBytes(path, [.. original, .. tail]);
        return path;
    }

    private static byte[] Bytes(int length, int seed) => [.. Enumerable.Range(0, length).Select(i => (byte)(1 + (((i * 31) + (seed * 7)) % 255)))];
}
