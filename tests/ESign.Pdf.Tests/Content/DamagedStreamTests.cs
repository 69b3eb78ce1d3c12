using ESign.Pdf.Content;
using ESign.Pdf.Document;

namespace ESign.Pdf.Tests.Content;

/// <summary>Content that cannot be decoded is no content; found by mutating real files.</summary>
public class DamagedStreamTests
{
    [Theory]
    [InlineData("7820000000010102")]
    [InlineData("FFFFFFFF")]
    [InlineData("")]
    public void A_content_stream_that_cannot_be_inflated_has_no_text(string hexadecimal)
    {
        byte[] start = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj 4 0 obj<</Filter/FlateDecode>>stream\n"u8.ToArray();
        byte[] file = [.. start, .. Convert.FromHexString(hexadecimal), .. "\nendstream endobj trailer<</Root 1 0 R/Size 5>>\n%%EOF\n"u8];
        using PdfDocument document = PdfDocument.Open(file);
        Assert.Empty(new TextLocator(document).Find("A"));
    }
}
