using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Reporting;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Composition;
using ESign.Pdf.Tests.Verification;
using ESign.Pdf.Verification;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Reporting;

public sealed class SigningReportTests : IDisposable
{
    private static readonly string[] s_personal = ["张三", "李四光", "王五", "11010519491231002X", "440524188001010014", "13812345678", "zhangsan@", "203.0.113.24", "2001:db8::17"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Text_of_the_masked_edition() => Approval.Verify(ExtractedText.Of(await PdfAsync(Example())).ReplaceLineEndings("\n"));

    [Fact]
    public async Task Data_of_the_masked_edition() => Approval.Verify(await JsonAsync(Example()), "json");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task All_thirteen_sections_are_there(string language)
    {
        string html = await HtmlAsync(Example() with { Culture = CultureInfo.GetCultureInfo(language) });
        Assert.Equal(13, html.Split("<h2>").Length - 1);
    }

    [Fact]
    public async Task The_masked_edition_shows_no_person_in_any_form()
    {
        byte[] pdf = await PdfAsync(Example());
        string[] forms = [await HtmlAsync(Example()), await JsonAsync(Example()), ExtractedText.WithoutSpaces(ExtractedText.Of(pdf))];
        foreach (string form in forms)
        {
            Assert.All(s_personal, secret => Assert.DoesNotContain(secret, form, StringComparison.Ordinal));
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("张三")), form, StringComparison.Ordinal);
        }

        Assert.Contains("张*", forms[0], StringComparison.Ordinal);
        Assert.Contains("1****************X", forms[0], StringComparison.Ordinal);
        Assert.DoesNotContain("evidence.json", Attachments(pdf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Persons_named_by_the_file_the_timeline_or_the_platforms_own_members_are_masked_too()
    {
        JsonObject evidence = await ExampleEvidence.CreateAsync([1, 2, 3]);
        evidence["idCardPhoto"] = "aHR0cHM6Ly9leGFtcGxl"; // no schema knows it, so nobody can say whom it shows
        evidence["timeline"]!.AsArray().Add(JsonNode.Parse("""{"type":"approved","at":"2026-01-06T16:00:00+08:00","actor":"赵六","ip":"198.51.100.7","detail":"来自 198.51.100.7"}"""));
        SigningReportOptions options = Example() with
        {
            Evidence = SigningEvidence.Parse(ExampleEvidence.Utf8(evidence)),
            Document = ReportedDocument.Read(new MemoryStream(File.ReadAllBytes(Repository.PathTo("samples", "QuickStart", "contract.pdf"))), "张三的合同.pdf"),
            Applicant = "张三",
        };
        string[] forms = [await HtmlAsync(options), await JsonAsync(options)];
        Assert.All(forms, form => Assert.All((string[])["张三", "赵六", "198.51.100", "aHR0cHM6Ly9leGFtcGxl"], secret => Assert.DoesNotContain(secret, form, StringComparison.Ordinal)));
        Assert.All(forms, form => Assert.Contains("赵*", form, StringComparison.Ordinal));
        Assert.All(forms, form => Assert.Contains("平台", form, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Certificates_and_revocation_that_several_signatures_share_are_shown_once()
    {
        SignatureVerdict verdict = FixedResults.TwoSignatures.Signatures[0];
        using var stream = new MemoryStream();
        await SigningReport.Create(FixedResults.TwoSignatures with { Signatures = [verdict, verdict, verdict] }, Example()).WriteHtmlAsync(stream, TestContext.Current.CancellationToken);
        string html = Encoding.UTF8.GetString(stream.ToArray());
        foreach (string once in (string[])[
            $"SHA-256 指纹：{Convert.ToHexStringLower(FixedResults.Enterprise.Sha256Fingerprint.Span)}",
            "<h3>吊销信息</h3>",
            "T1 签名时间戳\n",
            "意义：摘要一致证明",
            "签署了签名域“丙方”"])
        {
            Assert.Equal(2, html.Split(once).Length);
        }

        Assert.Equal(4, html.Split("C1 深圳示例科技有限公司 → C2 示例根 CA").Length);
        Assert.Contains("全部签名：摘要一致", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signer_whose_certificate_has_malformed_extensions_is_reported_and_masked()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=赵六", key, HashAlgorithmName.SHA256);
        foreach (string extension in (string[])["2.5.29.15", "2.5.29.19"]) // key usage, basic constraints
        {
            request.CertificateExtensions.Add(new X509Extension(extension, [0x30, 0x05, 0x01], critical: true));
        }

        using X509Certificate2 made = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), FixedResults.Now.AddDays(-1), FixedResults.Now.AddDays(1), [1]);
        Certificate certificate = Certificate.Decode(made.RawData);
        Assert.Throws<Asn1FormatException>(() => certificate.KeyUsage);
        Assert.Throws<Asn1FormatException>(() => certificate.IsAuthority);

        SignatureVerdict verdict = FixedResults.TwoSignatures.Signatures[0] with { Certificate = certificate, CertificatePath = [certificate] };
        using var stream = new MemoryStream();
        await SigningReport.Create(FixedResults.TwoSignatures with { Signatures = [verdict] }, Example()).WriteHtmlAsync(stream, TestContext.Current.CancellationToken);
        string html = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains(certificate.SerialNumberHex, html, StringComparison.Ordinal);
        Assert.Contains("赵*", html, StringComparison.Ordinal);
        Assert.DoesNotContain("赵六", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_timestamp_is_proof_of_time_itself_and_its_certificate_an_authoritys()
    {
        SignatureVerdict timestamp = FixedResults.TwoSignatures.Signatures[0] with { IsDocumentTimestamp = true, BestSignatureTime = null };
        using var stream = new MemoryStream();
        await SigningReport.Create(FixedResults.TwoSignatures with { Signatures = [timestamp] }, Example()).WriteHtmlAsync(stream, TestContext.Current.CancellationToken);
        string html = Encoding.UTF8.GetString(stream.ToArray());
        Assert.DoesNotContain("没有可信时间戳证明", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<div class=\"note\">签名人</div>", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"v\">C1</div><div class=\"note\">时间戳机构</div>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_court_edition_shows_all_and_carries_the_evidence()
    {
        SigningReportOptions court = Example() with { IsCourtEdition = true };
        string html = await HtmlAsync(court);
        Assert.All(s_personal, text => Assert.Contains(text, html, StringComparison.Ordinal));
        Assert.Contains(FixedResults.Person.ToPem().Split('\n')[1].Trim(), html.Replace("&#x2B;", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        string names = Attachments(await PdfAsync(court));
        Assert.Contains("signing-report.json", names, StringComparison.Ordinal);
        Assert.Contains("evidence.json", names, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_data_follows_its_schema(bool court)
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("docs", "schemas", "signing-report.schema.json")));
        using JsonDocument data = JsonDocument.Parse(await JsonAsync(Example() with { IsCourtEdition = court }));
        Assert.Empty(new JsonSchema(schema.RootElement).Check(data.RootElement));
    }

    [Fact]
    public async Task The_pdf_alone_is_enough_and_the_report_says_so()
    {
        string html = await HtmlAsync(new SigningReportOptions { IssuedAt = FixedResults.Now });
        Assert.Contains("本报告仅依据 PDF 文件本身出具", html, StringComparison.Ordinal);
        Assert.Contains("没有提供本节所需的过程证据", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_anchor_is_called_so_unless_the_issuer_declares_it_licensed()
    {
        Assert.Contains("本报告没有依据认定它属于依法取得电子认证服务许可的机构", await HtmlAsync(Example()), StringComparison.Ordinal);
        string declared = await HtmlAsync(Example() with { LicensedAnchors = [FixedResults.Root] });
        Assert.DoesNotContain("没有依据认定", declared, StringComparison.Ordinal);
        Assert.Contains("报告出具方声明：该信任锚属于依法取得电子认证服务许可的机构", declared, StringComparison.Ordinal);
        Assert.Contains("证书路径未得到信任", declared, StringComparison.Ordinal); // the other signature
    }

    [Fact]
    public async Task Evidence_of_another_document_is_noticed()
    {
        JsonObject evidence = await ExampleEvidence.CreateAsync([1, 2, 3]);
        string html = await HtmlAsync(Example() with { Evidence = SigningEvidence.Parse(ExampleEvidence.Utf8(evidence)) });
        Assert.Contains("证据可能属于另一份文件", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_file_and_time_have_the_same_serial()
    {
        SigningReport report = SigningReport.Create(FixedResults.TwoSignatures, Example());
        Assert.Matches("^[0-9]{11}$", report.SerialNumber);
        Assert.Equal(report.SerialNumber, SigningReport.Create(FixedResults.TwoSignatures, Example()).SerialNumber);
        SigningReportOptions[] others = [Example() with { IssuedAt = FixedResults.Now.AddSeconds(1) }, Example() with { IsCourtEdition = true }, Example() with { Evidence = null }];
        Assert.All(others, other => Assert.NotEqual(report.SerialNumber, SigningReport.Create(FixedResults.TwoSignatures, other).SerialNumber));
        Assert.Throws<ArgumentException>(() => SigningReport.Create(FixedResults.TwoSignatures, Example() with { SerialNumber = "12345" }));
    }

    [Fact]
    public async Task Html_is_self_contained_with_its_qr_code()
    {
        string html = await HtmlAsync(Example() with { VerificationUrl = new Uri("https://example.cn/verify?s=1&t=\"x\"") });
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?i)(\bsrc=|href=[""']http|@import|url\(http|<link)", html);
    }

    [Fact]
    public async Task The_report_itself_can_be_signed_and_verified()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] report = await PdfAsync(Example());
        byte[] signed = await fixture.SignAsync(report, fixture.T, new SignatureOptions { Certification = CertificationLevel.NoChanges });
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Equal(Indication.Passed, verdict.Indication);
        Assert.Equal(SignatureLevel.BT, verdict.Level);
        Assert.Contains("signing-report.json", Attachments(signed), StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("qpdf", "--check", _folder.Write("signed.pdf", signed)).ExitCode);
    }

    private string Attachments(byte[] pdf) => Tool.Run("pdfdetach", "-list", _folder.Write("attached.pdf", pdf)).Output;

    private static SigningReportOptions Example() => new()
    {
        Document = ReportedDocument.Read(new MemoryStream(File.ReadAllBytes(Repository.PathTo("samples", "QuickStart", "contract.pdf"))), "软件开发与技术服务合同.pdf"),
        Evidence = SigningEvidence.Parse(File.ReadAllBytes(ExampleEvidence.ExamplePath)),
        Applicant = "深圳示例科技有限公司",
        Issuer = "示例电子签平台",
        IssuedAt = FixedResults.Now.AddMinutes(5),
    };

    private static async Task<byte[]> PdfAsync(SigningReportOptions options)
    {
        using var stream = new MemoryStream();
        await SigningReport.Create(FixedResults.TwoSignatures, options).WritePdfAsync(stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private static async Task<string> HtmlAsync(SigningReportOptions options)
    {
        using var stream = new MemoryStream();
        await SigningReport.Create(FixedResults.TwoSignatures, options).WriteHtmlAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async Task<string> JsonAsync(SigningReportOptions options)
    {
        using var stream = new MemoryStream();
        await SigningReport.Create(FixedResults.TwoSignatures, options).WriteJsonAsync(stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
