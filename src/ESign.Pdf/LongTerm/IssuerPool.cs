using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pdf.LongTerm;

/// <summary>Certificates among which the issuers of others are found: by name and by signature, since names are shared.</summary>
internal sealed class IssuerPool
{
    private readonly List<Certificate> _certificates = [];
    private readonly HashSet<Certificate> _known = [];
    private readonly Dictionary<(Certificate Issuer, Certificate Certificate), bool> _issued = [];

    public IssuerPool(IEnumerable<Certificate> certificates) => Add(certificates);

    public void Add(IEnumerable<Certificate> certificates) => _certificates.AddRange(certificates.Where(_known.Add));

    public Certificate? Find(Predicate<Certificate> match) => _certificates.Find(match);

    public Certificate? FindIssuer(Certificate certificate) => _certificates.Find(candidate => Issued(candidate, certificate));

    public bool IsSelfSigned(Certificate certificate) => Issued(certificate, certificate);

    /// <summary>Verified once for each pair: signatures and their timestamps share authorities.</summary>
    private bool Issued(Certificate issuer, Certificate certificate)
    {
        if (!issuer.Subject.Equals(certificate.Issuer))
        {
            return false;
        }

        if (!_issued.TryGetValue((issuer, certificate), out bool issued))
        {
            issued = SignatureVerifier.Verify(issuer.SubjectPublicKeyInfo.Span, certificate.SignatureAlgorithm, certificate.TbsCertificate.Span, certificate.SignatureValue.Span);
            _issued.Add((issuer, certificate), issued);
        }

        return issued;
    }
}
