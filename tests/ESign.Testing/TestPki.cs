using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Timestamping;
using ESign.Tsa;

namespace ESign.Testing;

/// <summary>A small public-key infrastructure made by our own authority: root, issuing CA, timestamp authority, signers.</summary>
public sealed class TestPki
{
    private TestPki(CertificateAuthority root, CertificateAuthority issuing, TimestampAuthority timestamps, SigningCredential enterprise)
    {
        Root = root;
        Issuing = issuing;
        Timestamps = timestamps;
        Enterprise = enterprise;
    }

    private static readonly Lazy<Task<TestPki>> s_shared = new(() => CreateAsync());

    public static Task<TestPki> SharedAsync() => s_shared.Value;

    public CertificateAuthority Root { get; }

    public CertificateAuthority Issuing { get; }

    public TimestampAuthority Timestamps { get; }

    /// <summary>The credential of 深圳示例科技有限公司.</summary>
    public SigningCredential Enterprise { get; }

    public static async Task<TestPki> CreateAsync(SignatureAlgorithm? algorithm = null, TimeProvider? clock = null)
    {
        SignatureAlgorithm of = algorithm ?? SignatureAlgorithm.EcdsaP256Sha256;
        var options = new CertificateAuthorityOptions { TimeProvider = clock ?? TimeProvider.System };
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("ESign Test Root", "ESign Tests"), Key(of), options);
        CertificateAuthority issuing = await root.CreateIssuingCaAsync(CertificateSubject.Service("ESign Test Issuing CA", "ESign Tests"), Key(of));
        SigningCredential timestamper = await IssueAsync(issuing, CertificateProfile.TimestampAuthority, CertificateSubject.Service("ESign Test TSA", "ESign Tests"), of);
        var timestamps = new TimestampAuthority(timestamper, new TimestampAuthorityOptions { Policies = [new TimestampPolicy("1.3.6.1.4.1.55555.1.1")] }, clock);
        SigningCredential enterprise = await IssueAsync(issuing, CertificateProfile.EnterpriseSeal, CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43")), of);
        return new TestPki(root, issuing, timestamps, enterprise);
    }

    /// <summary>A credential of another enterprise.</summary>
    public Task<SigningCredential> EnterpriseAsync(string name, string code, SignatureAlgorithm? algorithm = null) =>
        IssueAsync(Issuing, CertificateProfile.EnterpriseSeal, CertificateSubject.Enterprise(name, UnifiedSocialCreditCode.Parse(code)), algorithm ?? SignatureAlgorithm.EcdsaP256Sha256);

    /// <summary>A credential of a person.</summary>
    public Task<SigningCredential> PersonAsync(string name, string residentId, SignatureAlgorithm? algorithm = null) =>
        IssueAsync(Issuing, CertificateProfile.Person, CertificateSubject.Person(name, ResidentIdNumber.Parse(residentId)), algorithm ?? SignatureAlgorithm.EcdsaP256Sha256);


    private static async Task<SigningCredential> IssueAsync(CertificateAuthority authority, CertificateProfile profile, CertificateSubject subject, SignatureAlgorithm algorithm)
    {
        LocalSigningKey key = Key(algorithm);
        IssuedCertificate issued = await authority.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo });
        return issued.WithKey(key);
    }

    private static LocalSigningKey Key(SignatureAlgorithm algorithm) => LocalSigningKey.Create(algorithm, rsaKeySizeBits: 2048);
}
