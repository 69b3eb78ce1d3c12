using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pdf.LongTerm;

/// <summary>Certificates among which the issuers of others are found: by name and by signature, since names are shared.</summary>
internal sealed class IssuerPool(IEnumerable<Certificate> certificates)
{
    private readonly List<Certificate> _certificates = [.. certificates];

    public void Add(IEnumerable<Certificate> certificates) => _certificates.AddRange(certificates);

    public Certificate? Find(Predicate<Certificate> match) => _certificates.Find(match);

    public Certificate? FindIssuer(Certificate certificate) => _certificates.Find(candidate => Issued(candidate, certificate));

    public static bool IsSelfSigned(Certificate certificate) => Issued(certificate, certificate);

    private static bool Issued(Certificate issuer, Certificate certificate) => issuer.Subject.Equals(certificate.Issuer)
        && SignatureVerifier.Verify(issuer.SubjectPublicKeyInfo.Span, certificate.SignatureAlgorithm, certificate.TbsCertificate.Span, certificate.SignatureValue.Span);
}
