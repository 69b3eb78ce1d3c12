using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Tsa;

namespace QuickStart;

/// <summary>A private certificate authority (root and issuing) and a timestamp authority, made on the spot.</summary>
internal sealed record Authorities(CertificateAuthority Root, CertificateAuthority Issuing, TimestampAuthority Timestamps)
{
    public static async Task<Authorities> CreateAsync()
    {
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(
            CertificateSubject.Service("ESign QuickStart Root CA", "ESign QuickStart"), NewKey());
        CertificateAuthority issuing = await root.CreateIssuingCaAsync(
            CertificateSubject.Service("ESign QuickStart Issuing CA", "ESign QuickStart"), NewKey());
        SigningCredential timestamper = await IssueAsync(
            issuing, CertificateProfile.TimestampAuthority, CertificateSubject.Service("ESign QuickStart TSA", "ESign QuickStart"));
        var policy = new TimestampPolicy("2.25.178693465734123"); // a policy identifier of one's own (ITU-T X.667)
        return new Authorities(root, issuing, new TimestampAuthority(timestamper, new TimestampAuthorityOptions { Policies = [policy] }));
    }

    /// <summary>A certificate for an enterprise; the unified social credit code is checked (GB 32100).</summary>
    public Task<SigningCredential> EnterpriseAsync(string name, string creditCode) =>
        IssueAsync(Issuing, CertificateProfile.EnterpriseSeal, CertificateSubject.Enterprise(name, UnifiedSocialCreditCode.Parse(creditCode)));

    /// <summary>A certificate for a person; the number is checked (GB 11643) and only masked in the certificate.</summary>
    public Task<SigningCredential> PersonAsync(string name, string residentId) =>
        IssueAsync(Issuing, CertificateProfile.Person, CertificateSubject.Person(name, ResidentIdNumber.Parse(residentId)));

    private static LocalSigningKey NewKey() => LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);

    private static async Task<SigningCredential> IssueAsync(CertificateAuthority authority, CertificateProfile profile, CertificateSubject subject)
    {
        LocalSigningKey key = NewKey();
        IssuedCertificate issued = await authority.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo });
        return issued.WithKey(key);
    }
}
