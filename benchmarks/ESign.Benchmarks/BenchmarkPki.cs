using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Tsa;

namespace ESign.Benchmarks;

/// <summary>One root, one signer of each key kind, one timestamp authority.</summary>
internal sealed class BenchmarkPki
{
    private static readonly Lazy<BenchmarkPki> s_instance = new(() => new BenchmarkPki());

    private BenchmarkPki()
    {
        Root = CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Benchmark Root"), Key(SignatureAlgorithm.EcdsaP256Sha256)).AsTask().GetAwaiter().GetResult();
        P256 = Issue(CertificateProfile.EnterpriseSeal, Enterprise, SignatureAlgorithm.EcdsaP256Sha256);
        Rsa2048 = Issue(CertificateProfile.EnterpriseSeal, Enterprise, SignatureAlgorithm.RsaPkcs1Sha256);
        SigningCredential timestamper = Issue(CertificateProfile.TimestampAuthority, CertificateSubject.Service("Benchmark TSA"), SignatureAlgorithm.EcdsaP256Sha256);
        Timestamps = new TimestampAuthority(timestamper, new TimestampAuthorityOptions { Policies = [new TimestampPolicy("2.25.178693465734123")] });
    }

    public static BenchmarkPki Instance => s_instance.Value;

    public CertificateAuthority Root { get; }

    public SigningCredential P256 { get; }

    public SigningCredential Rsa2048 { get; }

    public TimestampAuthority Timestamps { get; }

    public static CertificateSubject Enterprise { get; } =
        CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43"));

    private static LocalSigningKey Key(SignatureAlgorithm algorithm) => LocalSigningKey.Create(algorithm, rsaKeySizeBits: 2048);

    private SigningCredential Issue(CertificateProfile profile, CertificateSubject subject, SignatureAlgorithm algorithm)
    {
        LocalSigningKey key = Key(algorithm);
        return Root.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo })
            .AsTask().GetAwaiter().GetResult().WithKey(key);
    }
}
