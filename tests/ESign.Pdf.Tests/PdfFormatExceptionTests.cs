namespace ESign.Pdf.Tests;

public class PdfFormatExceptionTests
{
    [Theory]
    [InlineData("未知的过滤器 /A / unknown filter /A", "PDF 文件损坏，请上传正确的 PDF 文件：未知的过滤器 /A（偏移 7，ISO 32000-2 §7.4.1） / Damaged PDF: unknown filter /A (offset 7) [ISO 32000-2 §7.4.1]", "unknown filter /A (offset 7) [ISO 32000-2 §7.4.1]")]
    [InlineData("unknown filter", "PDF 文件损坏，请上传正确的 PDF 文件：unknown filter（偏移 7，ISO 32000-2 §7.4.1） / Damaged PDF: unknown filter (offset 7) [ISO 32000-2 §7.4.1]", "unknown filter (offset 7) [ISO 32000-2 §7.4.1]")]
    [InlineData("过滤器 /x / y 未知 / filter /x / y is unknown", "PDF 文件损坏，请上传正确的 PDF 文件：过滤器 /x / y 未知（偏移 7，ISO 32000-2 §7.4.1） / Damaged PDF: filter /x / y is unknown (offset 7) [ISO 32000-2 §7.4.1]", "filter /x / y is unknown (offset 7) [ISO 32000-2 §7.4.1]")]
    public void Both_languages_say_what_was_found_and_where(string message, string expected, string detail)
    {
        var error = new PdfFormatException(PdfErrorCode.Stream, message, 7, "7.4.1");
        Assert.Equal(expected, error.Message);
        Assert.Equal(detail, error.Detail);
    }
}
