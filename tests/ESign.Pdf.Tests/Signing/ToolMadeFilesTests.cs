using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Files as other programs write them: linearised, compressed, encrypted, old and new versions, signed by others; each is signed twice.</summary>
public sealed class ToolMadeFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("linearised", "qpdf --linearize IN OUT")]
    [InlineData("linearised with object streams", "qpdf --linearize --object-streams=generate IN OUT")]
    [InlineData("object streams", "qpdf --object-streams=generate IN OUT")]
    [InlineData("object streams, encrypted", "qpdf --object-streams=generate --encrypt \"\" owner 256 -- IN OUT")]
    [InlineData("object streams, linearised, encrypted", "qpdf --object-streams=generate --linearize --encrypt \"\" owner 128 --use-aes=y -- IN OUT")]
    [InlineData("qdf", "qpdf --qdf IN OUT")]
    [InlineData("PDF 2.0", "qpdf --force-version=2.0 IN OUT")]
    [InlineData("PDF 1.3", "qpdf --object-streams=disable --force-version=1.3 IN OUT")]
    [InlineData("collected", "mutool clean -gggg IN OUT")]
    [InlineData("collected and compressed", "mutool clean -gggg -z -i -f IN OUT")]
    [InlineData("put together", "pdfunite IN IN OUT")]
    public async Task What_a_tool_wrote_is_signed_twice(string what, string command)
    {
        byte[] original = Run(command, TestDocuments.TwoPages());
        byte[] first = await SignAsync(original, 1);
        await SignAsync(first, 2);
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("1.4.2")]
    [InlineData("9.9")]
    [InlineData("1.")]
    [InlineData("1.7 %\u00E2\u00E3")]
    [InlineData("a.4")]
    public async Task Headers_of_versions_there_are_not(string version)
    {
        byte[] original = new TestPdf(version).Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
            .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignAsync(original, 1);
        Assert.Equal(2, Encoding.Latin1.GetString(signed).Split("%PDF-").Length);
    }

    [Fact]
    public async Task An_object_stream_that_extends_another()
    {
        TestPdf pdf = new TestPdf().ObjectStream(3, (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Count 1/Kids[10 0 R]>>"))
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>").EndRevision(XrefStyle.Stream, "/Root 1 0 R")
            .Stream(20, "/Type/ObjStm/N 1/First 5/Extends 3 0 R", "21 0 (extended)").EndRevision(XrefStyle.Stream, "/Root 1 0 R");
        byte[] signed = await SignAsync(pdf.ToBytes(), 1);
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Equal(1, document.PageCount);
    }

    [Fact]
    public async Task A_field_that_mutool_signed_is_left_alone()
    {
        var planned = new MemoryStream();
        await new SigningPlan { Parties = [new SigningParty { Name = "A", Seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司")).Place(SealPlacement.At(1, 100, 100)) }] }
            .WriteAsync(new MemoryStream(TestDocuments.TwoPages()), planned);
        string input = _folder.Write("planned.pdf", planned.ToArray());
        (string key, string certificate, string credential, string output) = (_folder.PathTo("key.pem"), _folder.PathTo("cert.pem"), _folder.PathTo("signer.pfx"), _folder.PathTo("mutool.pdf"));
        Assert.Equal(0, Tool.Run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "30", "-subj", "/CN=Another Program").ExitCode);
        Assert.Equal(0, Tool.Run("openssl", "pkcs12", "-export", "-inkey", key, "-in", certificate, "-passout", "pass:secret", "-out", credential).ExitCode);
        using (PdfDocument document = PdfDocument.Open(planned.ToArray()))
        {
            int field = document.SignatureFields[0].Field.Widgets[0].Reference!.Number;
            Tool signing = Tool.Run("mutool", "sign", "-s", credential, "-P", "secret", "-o", output, input, field.ToString(CultureInfo.InvariantCulture));
            Assert.True(File.Exists(output), signing.Output + signing.Error);
        }

        byte[] theirs = await File.ReadAllBytesAsync(output);
        byte[] ours = await SignatureTrapTests.SignAsync(theirs);
        Assert.True(ours.AsSpan().StartsWith(theirs));
        Assert.Equal([true, true], Witness.PdfSig(_folder.Write("both.pdf", ours)).Select(entry => entry.IsValid));
        VerificationResult result = await new PdfVerifier(new VerificationPolicy { IntegrityOnly = true }).VerifyAsync(new MemoryStream(ours));
        Assert.All(result.Signatures, signature => Assert.True(signature is { DigestIntact: true, SignatureIntact: true, Modifications: null or { Permitted: true } }));
    }

    private async Task<byte[]> SignAsync(byte[] original, int expected)
    {
        byte[] signed = await SignatureTrapTests.SignAsync(original);
        Assert.True(signed.AsSpan().StartsWith(original));
        string before = _folder.Write("before.pdf", original);
        string after = _folder.Write("after.pdf", signed);
        IReadOnlyList<Witness.PdfSigEntry> entries = Witness.PdfSig(after);
        Assert.Equal(expected, entries.Count);
        Assert.All(entries, entry => Assert.True(entry.IsValid, entry.Text));
        Assert.Contains(entries, entry => entry.CoversTotalDocument);
        Assert.Empty(Witness.QpdfComplaints(after).Except(Witness.QpdfComplaints(before), StringComparer.Ordinal));
        var policy = new VerificationPolicy { TrustAnchors = new TrustAnchors([(await TestPki.SharedAsync()).Root.Certificate]), UnknownRevocation = UnknownRevocation.Accept };
        VerificationResult result = await new PdfVerifier(policy).VerifyAsync(new MemoryStream(signed));
        Assert.Equal(expected, result.Signatures.Count);
        Assert.All(result.Signatures, signature => Assert.Equal(Indication.Passed, signature.Indication));
        return signed;
    }

    private byte[] Run(string command, byte[] input)
    {
        string from = _folder.Write("input.pdf", input);
        string to = _folder.PathTo("output.pdf");
        string[] words = [.. command.Split(' ').Select(word => word switch { "IN" => from, "OUT" => to, "\"\"" => "", _ => word })];
        Tool result = Tool.Run(words[0], words[1..]);
        Assert.True(result.ExitCode == 0, result.Error);
        return File.ReadAllBytes(to);
    }
}
