using System.Formats.Asn1;
using System.Text;
using ESign.Pki.Names;

namespace ESign.Pki.Tests.Names;

/// <summary>Subject layout: exact bytes, and what never appears in them.</summary>
public sealed class CertificateSubjectTests
{
    private static readonly UnifiedSocialCreditCode Code = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    private static readonly ResidentIdNumber Document = ResidentIdNumber.Parse("11010519491231002X");

    [Fact]
    public void Enterprise_name_bytes()
    {
        Assert.Equal(
            "304A" // RDNSequence
            + "310B300906035504061302434E" // C, PrintableString
            + "310B3009060355040A0C024142" // O, UTF8String
            + "3121301F06035504610C184E5452434E2D39313335303130304D303030313030593433" // organizationIdentifier
            + "310B300906035504030C024142", // CN
            Convert.ToHexString(Encode(CertificateSubject.Enterprise("AB", Code))));
    }

    [Fact]
    public void Person_shows_masked_number_and_pseudonym_never_the_number()
    {
        using PseudonymKey key = PseudonymKey.Create();
        var writer = new AsnWriter(AsnEncodingRules.DER, 256);
        CertificateSubject.Person("张三", Document).WriteName(writer, key);
        string name = Encoding.UTF8.GetString(writer.Encode());
        Assert.Contains("张三", name, StringComparison.Ordinal);
        Assert.Contains("1****************X", name, StringComparison.Ordinal);
        Assert.Contains(key.Compute(Document), name, StringComparison.Ordinal);
        Assert.DoesNotContain("19491231", name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" 示例")]
    [InlineData("示\u0000例")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")] // 65
    public void Bad_names_are_refused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => CertificateSubject.Enterprise(name, Code));

    [Fact]
    public void Descriptions_are_masked() =>
        Assert.Equal("张* (1****************X)", CertificateSubject.Person("张三", Document).ToString());

    private static byte[] Encode(CertificateSubject subject)
    {
        using PseudonymKey key = PseudonymKey.Create();
        var writer = new AsnWriter(AsnEncodingRules.DER, 256);
        subject.WriteName(writer, key);
        return writer.Encode();
    }
}
