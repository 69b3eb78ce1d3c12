using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance.Lints;

/// <summary>What lints look at: the certificate as others will read it, what was meant, and who issues it.</summary>
internal sealed record LintSubject(Certificate Certificate, CertificateContent Content, IssuerFacts Issuer)
{
    public CertificateProfile Profile => Content.Profile;

    /// <summary>Whether the certificate is a self-signed root.</summary>
    public bool IsSelfSigned => Content.AuthorityKeyIdentifier is null;
}
