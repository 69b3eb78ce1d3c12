using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Testing;

namespace ESign.Pdf.Tests.Signing;

public class PdfSignerTests
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));

    [Theory]
    [InlineData("B-B")]
    [InlineData("B-T")]
    public async Task A_visible_signature_is_accepted_by_every_witness(string level)
    {
        TestPki pki = await TestPki.SharedAsync();
        using var folder = new TemporaryFolder();
        byte[] original = TestDocuments.TwoPages();
        var output = new MemoryStream();
        SignatureReceipt receipt = await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(original), output, new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 380, 520)),
            Level = level == "B-T" ? PadesLevel.T(pki.Timestamps) : PadesLevel.B,
            Reason = "合同签署",
        });

        byte[] signed = output.ToArray();
        Assert.Equal(level, receipt.Level);
        Assert.True(signed.AsSpan(0, original.Length).SequenceEqual(original), "the original bytes are an untouched prefix");
        string file = folder.Write("signed.pdf", signed);
        Assert.Empty(Witness.QpdfComplaints(file));
        Witness.PdfSigEntry entry = Assert.Single(Witness.PdfSig(file));
        Assert.True(entry is { IsValid: true, CoversTotalDocument: true, Field: "Signature1" }, entry.Text);
        (byte[] covered, byte[] value) = Assert.Single(Witness.SignaturesIn(signed));
        Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), folder);
    }
}
