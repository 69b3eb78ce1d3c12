using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Reporting;
using ESign.Pdf.Tests.Composition;
using ESign.Pdf.Tests.Verification;
using ESign.Pdf.Verification;
using ESign.Testing;

namespace ESign.Pdf.Tests.Reporting;

public sealed partial class ValidationReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Html(string language) =>
        Approval.Verify(Style().Replace(await HtmlAsync(FixedResults.TwoSignatures, language), "<style></style>"), "html", language);

    [Fact]
    public async Task Etsi_xml() => Approval.Verify(await XmlAsync(FixedResults.TwoSignatures), "xml");

    [Fact]
    public async Task Pdf_text() => Approval.Verify(ExtractedText.Of(await PdfAsync(FixedResults.TwoSignatures, "zh-CN")).ReplaceLineEndings("\n"));

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Html_holds_no_attack_and_asks_nobody(string language)
    {
        string html = await HtmlAsync(FixedResults.HostileTexts, language);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotContain('\u0007', html);
        Assert.Contains("&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;quoted&quot;", html, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?i)(\bsrc\s*=|\bhref|@import|url\(|<link|<iframe|<object|<form|\bon\w+\s*=\s*[""'])", html);
    }

    [Fact]
    public async Task Etsi_xml_follows_its_schema()
    {
        foreach (VerificationResult result in new[] { FixedResults.TwoSignatures, FixedResults.HostileTexts, FixedResults.Unsigned })
        {
            Assert.Empty(EtsiSchema.Problems(await XmlAsync(result)));
        }
    }

    [Fact]
    public async Task A_real_lta_signature_is_reported_with_its_objects()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] pdf = await fixture.SignAsync(fixture.LTA);
        VerificationResult result = await fixture.VerifyAsync(pdf);
        string xml = await XmlAsync(result, ReportedDocument.Read(new MemoryStream(pdf), "signed.pdf", cancellationToken: TestContext.Current.CancellationToken));
        foreach (string uri in (string[])["mainindication:total-passed", "validationObject:certificate", "validationObject:CRL", "validationObject:timestamp", "validationObject:signedData", "validationprocess:LTA"])
        {
            Assert.Contains("urn:etsi:019102:" + uri, xml, StringComparison.Ordinal);
        }

        Assert.Equal(result.Signatures.Count, Regex.Count(xml, "<SignatureValidationReport>"));
        Assert.Empty(EtsiSchema.Problems(xml));
    }

    [Fact]
    public async Task Etsi_xml_follows_its_schema_for_every_verdict_of_the_corpus()
    {
        var wrong = new List<string>();
        int judged = 0;
        foreach (string path in new[] { "signed", "attacks" }.SelectMany(folder => Directory.EnumerateFiles(SharedData.Require("corpus", folder), "*.pdf")))
        {
            try
            {
                VerificationResult result = await new PdfVerifier(new VerificationPolicy { IntegrityOnly = true }).VerifyAsync(path, TestContext.Current.CancellationToken);
                wrong.AddRange(EtsiSchema.Problems(await XmlAsync(result)).Select(problem => $"{Path.GetFileName(path)}: {problem}"));
                judged++;
            }
            catch (PdfFormatException)
            {
                // No verdict, no report of one.
            }
        }

        Assert.Empty(wrong);
        Assert.True(judged > 120, $"only {judged} files");
    }

    [Fact]
    public async Task Pdf_is_sound_and_its_font_embedded()
    {
        string file = _folder.Write("report.pdf", await PdfAsync(FixedResults.TwoSignatures, "en"));
        Assert.Equal(0, Tool.Run("qpdf", "--check", file).ExitCode);
        Assert.Matches("CID TrueType +Identity-H +yes yes yes", Tool.Run("pdffonts", file).Output);
    }

    [Fact]
    public async Task Many_signatures_take_few_pages_and_each_fact_once()
    {
        SignatureVerdict passed = FixedResults.TwoSignatures.Signatures[0];
        SignatureVerdict broken = FixedResults.TwoSignatures.Signatures[1];
        VerificationResult result = FixedResults.TwoSignatures with
        {
            Signatures = [.. Enumerable.Range(1, 24).Select(i => passed with { Places = [passed.Places[0] with { FieldName = $"甲方{i}" }], Revision = i }), broken],
        };
        using PdfDocument pdf = PdfDocument.Open(new MemoryStream(await PdfAsync(result, "zh-CN")));
        Assert.InRange(pdf.PageCount, 1, 20); // less than a page for each

        string html = await HtmlAsync(result, "zh-CN");
        Assert.All(Enumerable.Range(1, 24), i => Assert.Contains($"甲方{i}<", html, StringComparison.Ordinal));
        Assert.Equal(24, Regex.Count(html, "<details><summary><h3>签名"));
        Assert.Equal(1, Regex.Count(html, "<details open><summary><h3>签名 25：")); // the one that failed
        Assert.Contains("第 1–24 号：摘要一致", html, StringComparison.Ordinal);
        Assert.Contains("第 25 号：内容与签名时不同", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_of_messages_are_those_of_the_report()
    {
        SignatureVerdict signature = FixedResults.TwoSignatures.Signatures[0] with
        {
            Checks = [new CheckResult("claimed-time", CheckOutcome.Passed, "ISO 32000-2 §12.8.1", "声称的时间：2027-01-05 20:04:05Z / the time claimed: 2027-01-05 20:04:05Z")],
        };
        Assert.Contains("声称的时间：2027-01-06 04:04:05 UTC&#x2B;8", await HtmlAsync(FixedResults.TwoSignatures with { Signatures = [signature] }, "zh-CN"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Characters_without_a_glyph_do_not_stop_a_report()
    {
        VerificationResult result = FixedResults.TwoSignatures with { UnsignedFields = ["𠮷野家 ✍ \uE000 שלום", "Hučava Őry"] };
        string text = ExtractedText.WithoutSpaces(ExtractedText.Of(await PdfAsync(result, "zh-CN")));
        Assert.Contains($"{PdfReportWriter.Replacement}野家{PdfReportWriter.Replacement}", text, StringComparison.Ordinal);
        Assert.Contains("HučavaŐry", text, StringComparison.Ordinal); // drawn as Hucava Ory
        _ = ExtractedText.Of(await PdfAsync(FixedResults.HostileTexts, "zh-CN"));
    }

    [Fact]
    public async Task The_place_is_given_as_seen_and_as_written()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] pdf = await fixture.SignAsync();
        VerificationResult result = await fixture.VerifyAsync(pdf);
        VerificationResult placed = result with { Signatures = [result.Signatures[0] with { Places = [new SignaturePlace("A", 2, new PdfRectangle(100, 700, 219, 819))] }] };
        string html = await HtmlAsync(placed, "zh-CN", ReportedDocument.Read(new MemoryStream(pdf), "x.pdf", cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("第 2 页，左 100，上 23，宽 119，高 119 pt", html, StringComparison.Ordinal);
        Assert.Contains("第 2 页，用户空间 [100 700 219 819]", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_that_of_the_command()
    {
        using var stream = new MemoryStream();
        var report = ValidationReport.Create(FixedResults.TwoSignatures, "合同.pdf");
        await report.WriteJsonAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal(report.ToJson() + "\n", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Contains("\"documentCode\": 3", report.ToJson(), StringComparison.Ordinal);
    }

    private static ValidationReport Report(VerificationResult result, string language = "zh-CN", ReportedDocument? document = null) =>
        ValidationReport.Create(result, "合同.pdf", CultureInfo.GetCultureInfo(language), document);

    private static async Task<string> HtmlAsync(VerificationResult result, string language, ReportedDocument? document = null)
    {
        using var stream = new MemoryStream();
        await Report(result, language, document).WriteHtmlAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<string> XmlAsync(VerificationResult result, ReportedDocument? document = null)
    {
        using var stream = new MemoryStream();
        await Report(result, document: document).WriteXmlAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<byte[]> PdfAsync(VerificationResult result, string language)
    {
        using var stream = new MemoryStream();
        await Report(result, language).WritePdfAsync(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
