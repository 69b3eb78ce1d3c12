using System.Formats.Asn1;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Issuance.Lints;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.Pki.Tests.Issuance;

/// <summary>Every lint objects to the mistake it exists for, and to nothing in a good certificate.</summary>
public sealed class CertificateLinterTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly LocalSigningKey Key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private static readonly LocalSigningKey OtherKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private static readonly PseudonymKey Pseudonyms = PseudonymKey.Create();
    private static readonly byte[] IssuerName = CertificateSubject.Service("示例CA").EncodeName(Pseudonyms);
    private static readonly byte[] IssuerKeyId = new byte[20];
    private static readonly IssuerFacts Issuer = new(IssuerName, IssuerKeyId, Start.AddYears(-1), Start.AddYears(5));

    [Fact]
    public void A_good_certificate_has_no_findings() => Assert.Empty(Lint(Good(), Good()));

    [Fact]
    public void Rules_and_citations_are_there_and_rules_are_unique()
    {
        Assert.All(CertificateLinter.All, lint => Assert.NotEmpty(lint.Citation));
        Assert.Equal(CertificateLinter.All.Count, CertificateLinter.All.Select(lint => lint.Rule).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Serial_number_too_short() => Finds("serial-number", Good() with { SerialNumber = "0102030405060708" });

    [Fact]
    public void Serial_number_too_long() => Finds("serial-number", Good() with { SerialNumber = string.Concat(Enumerable.Repeat("01", 21)) });

    [Fact]
    public void Signature_algorithm_of_the_past() =>
        Finds("signature-algorithm", Good() with { SignatureAlgorithm = AlgorithmIdentifier.WithNull(Oids.Sha1WithRsa) });

    [Fact]
    public void Issuer_spelled_differently() =>
        Finds("issuer-name", Good() with { IssuerName = CertificateSubject.Service("示例ca").EncodeName(Pseudonyms) });

    [Theory] // RFC 5280 appendix A.1: X520countryName is two PrintableString characters, X520SerialNumber a PrintableString
    [InlineData("2.5.4.6", UniversalTagNumber.PrintableString, "CN", false)]
    [InlineData("2.5.4.6", UniversalTagNumber.UTF8String, "CN", true)]
    [InlineData("2.5.4.6", UniversalTagNumber.PrintableString, "CHN", true)]
    [InlineData("2.5.4.5", UniversalTagNumber.UTF8String, "1", true)]
    [InlineData("2.5.4.10", UniversalTagNumber.UTF8String, "深圳示例", false)]
    [InlineData("2.5.4.10", UniversalTagNumber.BMPString, "深圳示例", true)]
    [InlineData("2.5.4.10", UniversalTagNumber.IA5String, "Example", true)]
    [InlineData("2.5.4.10", UniversalTagNumber.UTF8String, "", true)]
    public void Attributes_have_the_string_types_of_the_profile(string type, UniversalTagNumber tag, string text, bool isFound)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 256);
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteCharacterString(tag, text);
        }

        CertificateContent content = Good() with { SubjectName = writer.Encode() };
        IReadOnlyList<string> findings = Lint(content, content);
        Assert.Equal(isFound, findings.Any(static finding => finding.StartsWith("name-encoding:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Validity_that_ends_before_it_begins() => Finds("validity-period", Good() with { NotAfter = Start.AddDays(-1) });

    [Fact]
    public void Validity_longer_than_the_profile() => Finds("validity-period", Good() with { NotAfter = Start.AddDays(1097) });

    [Fact]
    public void Validity_beyond_the_issuer() => Finds("validity-period", Good() with { NotBefore = Start.AddYears(-1).AddSeconds(-1), NotAfter = Start });

    [Fact]
    public void Another_subject() => Finds("subject-name", Good(), Good() with { SubjectName = IssuerName });

    [Fact]
    public void Authority_key_identifier_of_another_key() => Finds("authority-key-identifier", Good() with { AuthorityKeyIdentifier = new byte[] { 1 } });

    [Fact]
    public void Subject_key_identifier_of_another_key() => Finds("subject-key-identifier", Good() with { SubjectKeyIdentifier = new byte[20] });

    [Fact]
    public void Key_usage_and_basic_constraints_of_another_profile()
    {
        Finds("key-usage", Good() with { Profile = CertificateProfile.IssuingCa }, Good());
        Finds("basic-constraints", Good() with { Profile = CertificateProfile.IssuingCa }, Good());
        Finds("basic-constraints", Good(), Good() with { Profile = CertificateProfile.IssuingCa });
    }

    [Fact]
    public void Extended_key_usage_of_another_profile() => Finds("extended-key-usage", Good() with { Profile = CertificateProfile.TimestampAuthority }, Good());

    [Fact]
    public void Another_policy() => Finds("certificate-policies", Good() with { Profile = CertificateProfile.EnterpriseSeal with { PolicyOid = "1.2.3" } }, Good());

    [Fact]
    public void Another_crl_address() =>
        Finds("revocation-pointers", Good() with { Publication = new PublicationPoints { CrlUris = ["http://elsewhere.example/a.crl"] } }, Good());

    [Fact]
    public void A_missing_no_check() => Finds("revocation-pointers", Good(), Good() with { Profile = CertificateProfile.OcspResponder });

    [Fact]
    public void Another_key() => Finds("subject-key", Good(), Good() with { SubjectPublicKeyInfo = OtherKey.SubjectPublicKeyInfo });

    [Fact]
    public void A_number_in_full()
    {
        ResidentIdNumber number = ResidentIdNumber.Parse("11010519491231002X");
        CertificateSubject careless = CertificateSubject.Person("张三11010519491231002X", number);
        CertificateContent content = Good() with { Profile = CertificateProfile.Person, Subject = careless, SubjectName = careless.EncodeName(Pseudonyms) };
        Finds("personal-data", content);
        Assert.DoesNotContain(Lint(content, content with { Subject = careless with { DisclosesIdentityNumber = true } }), finding => finding.StartsWith("personal-data", StringComparison.Ordinal));
    }

    private static CertificateContent Good()
    {
        CertificateSubject subject = CertificateSubject.Enterprise("示例公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43"));
        return new CertificateContent
        {
            SerialNumber = "01" + new string('a', 34),
            SignatureAlgorithm = Key.Algorithm.Identifier,
            IssuerName = IssuerName,
            NotBefore = Start,
            NotAfter = Start.AddDays(365).AddSeconds(-1),
            SubjectName = subject.EncodeName(Pseudonyms),
            SubjectPublicKeyInfo = Key.SubjectPublicKeyInfo,
            Profile = CertificateProfile.EnterpriseSeal,
            AuthorityKeyIdentifier = IssuerKeyId,
            SubjectKeyIdentifier = CertificateAuthority.ComputeKeyIdentifier(Key.SubjectPublicKeyInfo),
            Publication = new PublicationPoints { CrlUris = ["http://pki.example/a.crl"] },
            Subject = subject,
        };
    }

    private static void Finds(string rule, CertificateContent written, CertificateContent? meant = null) =>
        Assert.Contains(Lint(written, meant ?? written), finding => finding.StartsWith(rule + ": ", StringComparison.Ordinal));

    private static IReadOnlyList<string> Lint(CertificateContent written, CertificateContent meant)
    {
        byte[] tbs = TbsCertificateWriter.WriteTbs(written);
        Certificate certificate = Certificate.Decode(TbsCertificateWriter.WriteCertificate(tbs, written.SignatureAlgorithm, Key.Sign(tbs)));
        return CertificateLinter.Evaluate(new LintSubject(certificate, meant, Issuer));
    }
}
