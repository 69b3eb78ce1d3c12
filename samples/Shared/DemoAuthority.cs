using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Tsa;

namespace Samples;

/// <summary>A certificate authority and a timestamp authority for the time of one demonstration. Do not trust its certificates.</summary>
internal sealed record DemoAuthority(CertificateAuthority Root, CertificateAuthority Issuing, TimestampAuthority Timestamps)
{
    /// <summary>The sample contract; its places are marked by keywords.</summary>
    public static string Contract { get; } = Path.Combine(AppContext.BaseDirectory, "contract.pdf");

    public static async Task<DemoAuthority> CreateAsync(ClockGuard? clockGuard = null)
    {
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Demo Root CA", "ESign samples"), NewKey());
        CertificateAuthority issuing = await root.CreateIssuingCaAsync(CertificateSubject.Service("Demo Issuing CA", "ESign samples"), NewKey());
        SigningCredential timestamper = await IssueAsync(issuing, CertificateProfile.TimestampAuthority, CertificateSubject.Service("Demo TSA", "ESign samples"), NewKey());
        var policy = new TimestampPolicy("2.25.178693465734123"); // a policy identifier of one's own (ITU-T X.667)
        return new DemoAuthority(root, issuing, new TimestampAuthority(timestamper, new TimestampAuthorityOptions { Policies = [policy], ClockGuard = clockGuard }));
    }

    /// <summary>An organisation's credential; a key of its own unless one is given.</summary>
    public Task<SigningCredential> EnterpriseAsync(string name = "深圳示例科技有限公司", string creditCode = "91350100M000100Y43", ISigningKey? key = null) =>
        IssueAsync(Issuing, CertificateProfile.EnterpriseSeal, CertificateSubject.Enterprise(name, UnifiedSocialCreditCode.Parse(creditCode)), key ?? NewKey());

    /// <summary>A person's credential.</summary>
    public Task<SigningCredential> PersonAsync(string name = "张三", string residentId = "11010519491231002X") =>
        IssueAsync(Issuing, CertificateProfile.Person, CertificateSubject.Person(name, ResidentIdNumber.Parse(residentId)), NewKey());

    public static LocalSigningKey NewKey() => LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);

    private static async Task<SigningCredential> IssueAsync(CertificateAuthority authority, CertificateProfile profile, CertificateSubject subject, ISigningKey key)
    {
        IssuedCertificate issued = await authority.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo });
        return issued.WithKey(key);
    }
}
