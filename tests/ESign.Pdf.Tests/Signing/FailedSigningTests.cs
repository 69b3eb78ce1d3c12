using System.Security.Cryptography;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pdf.Tests.Signing;

/// <summary>A signature that fails while a large original is hashed and copied by other threads leaves nothing behind, and nobody at work.</summary>
public sealed class FailedSigningTests : IDisposable
{
    /// <summary>Large enough that hashing still goes on when the revision, a matter of a millisecond, has failed.</summary>
    private const int Size = 24 << 20;

    /// <summary>A field that stands in no object of its own is found, and refused only when the revision is built.</summary>
    private static readonly SignatureOptions s_refused = new() { FieldName = "Direct" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_revision_that_cannot_be_built_leaves_no_file()
    {
        TestPki pki = await TestPki.SharedAsync();
        string input = WriteLarge();
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(
            () => new PdfSigner(pki.Enterprise).SignAsync(input, _folder.PathTo("signed.pdf"), s_refused, TestContext.Current.CancellationToken));
        Assert.Equal(SigningRefusal.FieldNotFound, refused.Code);
        Assert.Equal([input], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_container_that_cannot_be_prepared_leaves_nothing_in_its_draft()
    {
        using var input = new MemoryStream(await File.ReadAllBytesAsync(WriteLarge(), TestContext.Current.CancellationToken));
        using var draft = new MemoryStream();
        await Assert.ThrowsAsync<SigningRefusedException>(
            () => PreparedDocument.PrepareAsync(input, draft, DigestAlgorithm.Sha256, options: s_refused, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(0, draft.Length);
    }

    /// <summary>Where the file system can, there is no name for a file that is not whole: nothing is left by a process that is killed.</summary>
    [Fact]
    public async Task While_a_file_is_written_its_folder_does_not_show_it()
    {
        using (FileStream? unnamed = UnnamedFile.TryCreate(_folder.Path))
        {
            Assert.SkipWhen(unnamed is null, "The file system has no files without a name.");
        }

        string input = _folder.Write("in.pdf", [1]);
        string[] meanwhile = await WholeFile.WriteAsync(input, _folder.PathTo("out.pdf"), (_, output) =>
        {
            output.Write("whole"u8);
            return Task.FromResult(Directory.GetFiles(_folder.Path));
        });
        Assert.Equal([input], meanwhile);
        Assert.Equal("whole", await File.ReadAllTextAsync(_folder.PathTo("out.pdf"), TestContext.Current.CancellationToken));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_revision_that_cannot_be_built_leaves_the_streams_alone(bool isDeferred)
    {
        TestPki pki = await TestPki.SharedAsync();
        string path = WriteLarge();
        byte[] before = SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        for (int attempt = 1; attempt <= 3; attempt++) // the first is slow to fail: its code is being compiled
        {
            await using FileStream input = File.OpenRead(path);
            await using FileStream output = File.Create(_folder.PathTo("signed.pdf"));
            output.Write("kept"u8); // and a file that is not empty cannot share the original's blocks: they are copied
            await Assert.ThrowsAsync<SigningRefusedException>(() => isDeferred ? PrepareAsync(pki, input, output) : new PdfSigner(pki.Enterprise).SignAsync(input, output, s_refused, TestContext.Current.CancellationToken));

            // To read it all takes as long as what might still be copying it: that would show in the length.
            Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)));
            Assert.Equal(4, new FileInfo(output.Name).Length);
        }
    }

    [Fact]
    public async Task What_is_cancelled_leaves_no_file()
    {
        TestPki pki = await TestPki.SharedAsync();
        string input = WriteLarge();
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PdfSigner(pki.Enterprise).SignAsync(input, _folder.PathTo("signed.pdf"), cancellationToken: cancellation.Token));
        Assert.Equal([input], Directory.GetFiles(_folder.Path));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PdfSigner(pki.Enterprise).SignInPlaceAsync(input, cancellationToken: cancellation.Token));
        Assert.Equal([input], Directory.GetFiles(_folder.Path));
    }

    /// <summary>The revision is built by then; hashing says that the original is not what it was.</summary>
    [Fact]
    public async Task An_original_that_became_shorter_is_not_signed()
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential credential = pki.Enterprise;
        var maker = new CmsSignatureMaker(credential.Certificate, credential.Issuers, credential.Key.Algorithm);
        var options = new SignatureOptions();
        string path = WriteLarge();
        await using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        await using FileStream output = File.Create(_folder.PathTo("signed.pdf"));
        using var session = new SigningSession(digests => DraftedInput.Open(input, options, digests), maker, options, TimeProvider.System);
        await using (FileStream other = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            other.SetLength(other.Length - 1);
        }

        await Assert.ThrowsAsync<EndOfStreamException>(() => session.SignAsync(credential.Key, output, TestContext.Current.CancellationToken));
        Assert.Equal(0, output.Length);
    }

    private static async Task PrepareAsync(TestPki pki, Stream input, Stream draft)
    {
        SigningCredential credential = pki.Enterprise;
        await new DeferredPdfSigner(credential.Certificate, credential.Issuers, credential.Key.Algorithm).PrepareAsync(input, draft, s_refused, TestContext.Current.CancellationToken);
    }

    private string WriteLarge()
    {
        string path = _folder.PathTo("large.pdf");
        using FileStream file = File.Create(path);
        using var writer = new DocumentWriter(file);
        PdfReference pages = writer.Reserve();
        writer.Add(new PdfStream(PdfDictionary.Empty, RandomNumberGenerator.GetBytes(Size)));
        PdfReference page = writer.Add(new PdfDictionary(("Type", new PdfName("Page")), ("Parent", pages), ("MediaBox", new PdfArray(0, 0, 595, 842))));
        var field = new PdfDictionary(
            ("FT", new PdfName("Sig")), ("T", new PdfString("Direct"u8.ToArray(), false)), ("Type", new PdfName("Annot")), ("Subtype", new PdfName("Widget")), ("Rect", new PdfArray(0, 0, 0, 0)), ("P", page));
        writer.Set(pages, new PdfDictionary(("Type", new PdfName("Pages")), ("Count", 1), ("Kids", new PdfArray(page))));
        writer.Finish(new PdfDictionary(("Root", writer.Add(new PdfDictionary(
            ("Type", new PdfName("Catalog")), ("Pages", pages), ("AcroForm", new PdfDictionary(("Fields", new PdfArray(field)))))))));
        return path;
    }
}
