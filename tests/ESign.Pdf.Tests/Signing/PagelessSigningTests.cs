using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Documents without a page: there is something to read and nothing to sign on, which is damage of the file, not a misplaced seal.</summary>
public sealed class PagelessSigningTests
{
    [Theory]
    [InlineData("<</Type/Pages/Count 0/Kids[]>>")]
    [InlineData("<</Type/Pages/Count 3/Kids[7 0 R 8 0 R]>>")]
    [InlineData("<</Type/Pages/Count 1/Kids[(x) 5 null]>>")]
    [InlineData("<</Type/Pages/Count 1/Kids[2 0 R]>>")]
    [InlineData("<</Type/Pages>>")]
    public async Task Is_read_and_verified_but_not_signed(string pages)
    {
        byte[] file = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, pages).EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        using (PdfDocument document = PdfDocument.Open(file))
        {
            Assert.Empty(document.Pages.All());
        }

        Assert.Empty((await new PdfVerifier().VerifyAsync(new MemoryStream(file))).Signatures);
        TestPki pki = await TestPki.SharedAsync();
        foreach (SignatureOptions options in (SignatureOptions[])[new(), new() { Seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司")).Place(SealPlacement.At(1, 10, 10)) }])
        {
            var output = new MemoryStream();
            PdfFormatException refused = await Assert.ThrowsAsync<PdfFormatException>(() => new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(file), output, options));
            Assert.Equal((PdfErrorCode.Structure, "7.7.3"), (refused.Code, refused.Clause));
            Assert.True(refused.Offset > 0);
            Assert.Equal(0, output.Length);
        }
    }
}
