using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.Pdf.Reporting;
using ESign.Pdf.Tests.Composition;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>A file that cannot be read is reported too: nothing was judged, and why.</summary>
public class UnreadableReportTests
{
    private static readonly byte[] s_file = Encoding.UTF8.GetBytes("no PDF");

    [Theory]
    [InlineData("zh-CN", "无法读取：该文件不是可以读取的 PDF")]
    [InlineData("en", "Unreadable: this file is no PDF")]
    public async Task Html_and_pdf_say_what_where_and_which_file(string language, string verdict)
    {
        UnreadableReport report = await ReportAsync(language, PdfErrorCode.Stream);
        using var html = new MemoryStream();
        await report.WriteHtmlAsync(html, TestContext.Current.CancellationToken);
        using var pdf = new MemoryStream();
        await report.WritePdfAsync(pdf, TestContext.Current.CancellationToken);
        string[] forms = [Encoding.UTF8.GetString(html.ToArray()), ExtractedText.Of(pdf.ToArray())];
        foreach (string said in (string[])[verdict, "Stream", "1234", "ISO 32000-2 §7.4.4", Convert.ToHexStringLower(SHA256.HashData(s_file)), "damaged.pdf"])
        {
            Assert.All(forms, form => Assert.Contains(ExtractedText.WithoutSpaces(said), ExtractedText.WithoutSpaces(form), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_missing_password_is_no_damage()
    {
        using var html = new MemoryStream();
        await (await ReportAsync("en", PdfErrorCode.PasswordRequired)).WriteHtmlAsync(html, TestContext.Current.CancellationToken);
        string text = Encoding.UTF8.GetString(html.ToArray());
        Assert.Contains("the file is encrypted and was not opened", text, StringComparison.Ordinal);
        Assert.DoesNotContain("original", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Etsi_xml_follows_its_schema()
    {
        using var xml = new MemoryStream();
        await (await ReportAsync("en", PdfErrorCode.Structure)).WriteXmlAsync(xml, TestContext.Current.CancellationToken);
        string text = Encoding.UTF8.GetString(xml.ToArray());
        Assert.Contains("<e:Code>Structure</e:Code>", text, StringComparison.Ordinal);
        Assert.Contains("<e:Offset>1234</e:Offset>", text, StringComparison.Ordinal);
        Assert.Empty(EtsiSchema.Problems(text));
    }

    private static async Task<UnreadableReport> ReportAsync(string language, PdfErrorCode code)
    {
        var error = new PdfFormatException(code, "FlateDecode data is damaged", 1234, "7.4.4");
        UnreadableFile file = await UnreadableFile.ReadAsync(new MemoryStream(s_file), "damaged.pdf", error, FixedResults.Now, TestContext.Current.CancellationToken);
        return new UnreadableReport(file, CultureInfo.GetCultureInfo(language));
    }
}
