using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pdf.Reporting;
using ESign.Pdf.Reporting.Evidence;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>Texts on their way into a report: made harmless, masked, timed.</summary>
public class ShownTextTests
{
    [Theory]
    [InlineData("a\u202Eb", "a\uFFFDb")]
    [InlineData("a\u0000\u0007b", "a\uFFFD\uFFFDb")]
    [InlineData("a\r\nb\tc", "a b c")]
    [InlineData("\u2066x\u2069\u200B", "\uFFFDx\uFFFD\uFFFD")]
    [InlineData("甲方（盖章）𠮷", "甲方（盖章）𠮷")]
    [InlineData(null, "")]
    public void What_steers_is_replaced(string? text, string expected) => Assert.Equal(expected, DisplayText.Clean(text));

    [Fact]
    public void A_lone_surrogate_is_replaced() => Assert.Equal("a\uFFFDb", DisplayText.Clean("a\uD800b"));

    [Fact]
    public void Long_texts_are_cut()
    {
        string cut = DisplayText.Clean(new string('a', 1_000_000));
        Assert.Equal(DisplayText.MaximumLength + 1, cut.Length);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("联系 13912345678 或 11010519491231002X", "联系 139****5678 或 1****************X")]
    [InlineData("li.si@example.com.cn", "l***@example.com.cn")]
    [InlineData("张三签署了签名域“张三-1”", "张*签署了签名域“张*-1”")]
    [InlineData("138 1234 5678、138-1234-5678、110105 19491231 002X", "138****5678、138****5678、1******************X")]
    [InlineData("深圳示例科技有限公司", "深圳示例科技有限公司")]
    [InlineData("9f13812345678a0e", "9f13812345678a0e")] // digits inside a digest are not a telephone number
    public void Persons_are_masked_wherever_they_occur(string text, string expected) =>
        Assert.Equal(expected, Redaction.Of(FixedResults.TwoSignatures, evidence: null).Text(text));

    [Theory]
    [InlineData("CN=李四光, OID.2.5.4.13=4****************4, O=深圳示例科技有限公司, C=CN", "李四光", "李**")] // an operator's: the organisation's name stays
    [InlineData("CN=051@王小明@0440524188001010014@1, OU=Individual-1, O=示例认证机构, C=CN", "王小明 0440524188001010014", "王** 0*****************4")]
    [InlineData("CN=John Smith, G=John, SN=Smith, SERIALNUMBER=PASGB-123456789, C=GB", "Smith, John: 123456789", "S****, J***: 1*******9")]
    [InlineData("CN=合同专用章, O=深圳示例科技有限公司, C=CN", "合同专用章 深圳示例科技有限公司", "合同专用章 深圳示例科技有限公司")] // a seal's
    public void A_certificate_says_whether_it_is_a_persons(string subject, string text, string expected)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSelfSigned(FixedResults.Now, FixedResults.Now.AddDays(1));
        VerificationResult result = FixedResults.TwoSignatures with
        {
            Signatures = [FixedResults.TwoSignatures.Signatures[0] with { Certificate = Certificate.Decode(certificate.RawData), CertificatePath = [] }],
        };
        Assert.Equal(expected, Redaction.Of(result, evidence: null).Text(text));
    }

    [Fact]
    public void The_court_edition_masks_nothing()
    {
        Assert.Equal("张三 11010519491231002X", Redaction.None.Text("张三 11010519491231002X"));
        Assert.Equal("203.0.113.24", Redaction.None.NetworkAddress("203.0.113.24"));
    }

    [Theory]
    [InlineData("203.0.113.24", "203.0.*.*")]
    [InlineData("2001:db8:0:0:1:2:3:17", "2001:db8:0:0:*:*:*:*")]
    public void Half_of_an_address_stays(string address, string expected) =>
        Assert.Equal(expected, Redaction.Of(FixedResults.Unsigned, evidence: null).NetworkAddress(address));

    [Fact]
    public void Times_are_shown_with_their_offset()
    {
        var time = new DateTimeOffset(2026, 1, 31, 20, 0, 0, TimeSpan.Zero);
        Assert.Equal("2026-02-01 04:00:00 UTC+8", ReportClock.For(null, ReportTexts.Chinese).Show(time));
        Assert.Equal("2026-01-31 20:00:00 UTC", ReportClock.For(null, ReportTexts.English).Show(time));
        Assert.Equal("2026-02-01 01:30:00 UTC+5:30", new ReportClock(new TimeSpan(5, 30, 0)).Show(time));
        Assert.Equal("0001-01-01 00:00:00 UTC", ReportClock.For(null, ReportTexts.Chinese).Show(DateTimeOffset.MinValue));
        Assert.Equal("9999-12-31 23:59:59 UTC", ReportClock.For(null, ReportTexts.Chinese).Show(DateTimeOffset.MaxValue));
    }

    [Theory]
    [InlineData("2026-01-31T20:00:00+08:00", true)]
    [InlineData("2026-01-31T12:00:00Z", true)]
    [InlineData("2026-01-31T12:00:00.1234567Z", true)]
    [InlineData("2026-01-31T12:00:00", false)] // no offset: means another moment on every machine
    [InlineData("2026-02-30T12:00:00Z", false)]
    [InlineData("yesterday", false)]
    public void Times_of_the_evidence_state_their_offset(string text, bool isTime) => Assert.Equal(isTime, EvidenceTime.TryParse(text, out _));
}
