using ESign.Pdf;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Tsa;

namespace ESign.Benchmarks;

/// <summary>One root, one signer of each key kind, one timestamp authority.</summary>
internal sealed class BenchmarkPki
{
    private static readonly Lazy<BenchmarkPki> s_instance = new(() => new BenchmarkPki());

    private readonly SigningCredential _timestamper;

    private BenchmarkPki()
    {
        Root = CreateAuthority(new InMemoryCertificateRepository());
        P256 = Issue(CertificateProfile.EnterpriseSeal, Enterprise, SignatureAlgorithm.EcdsaP256Sha256);
        Rsa2048 = Issue(CertificateProfile.EnterpriseSeal, Enterprise, SignatureAlgorithm.RsaPkcs1Sha256);
        _timestamper = Issue(CertificateProfile.TimestampAuthority, CertificateSubject.Service("Benchmark TSA"), SignatureAlgorithm.EcdsaP256Sha256);
        Timestamps = CreateTimestamps(verifyOneIn: 1);
        PublishedCrl crl = new CrlPublisher(Root).PublishAsync().Done();
        Archive = PadesLevel.LTA(Timestamps, new GivenRevocationSource([CertificateRevocationList.Decode(crl.RawData)], []));
    }

    public static BenchmarkPki Instance => s_instance.Value;

    public CertificateAuthority Root { get; }

    public SigningCredential P256 { get; }

    public SigningCredential Rsa2048 { get; }

    public TimestampAuthority Timestamps { get; }

    /// <summary>An authority that verifies so many of its tokens.</summary>
    public TimestampAuthority CreateTimestamps(int verifyOneIn) =>
        new(_timestamper, new TimestampAuthorityOptions { Policies = [new TimestampPolicy("2.25.178693465734123")], VerifyOneIn = verifyOneIn });

    /// <summary>B-LTA with everything at hand.</summary>
    public PadesLevel Archive { get; }

    public static CertificateSubject Enterprise { get; } =
        CertificateSubject.Enterprise("深圳示例科技有限公司", UnifiedSocialCreditCode.Parse("91350100M000100Y43"));

    /// <summary>A root with a P-256 key.</summary>
    public static CertificateAuthority CreateAuthority(ICertificateRepository repository) => CertificateAuthority.CreateRootAsync(
        CertificateSubject.Service("Benchmark Root"),
        Key(SignatureAlgorithm.EcdsaP256Sha256),
        new CertificateAuthorityOptions { Repository = repository }).Done();

    private static LocalSigningKey Key(SignatureAlgorithm algorithm) => LocalSigningKey.Create(algorithm, rsaKeySizeBits: 2048);

    private SigningCredential Issue(CertificateProfile profile, CertificateSubject subject, SignatureAlgorithm algorithm)
    {
        LocalSigningKey key = Key(algorithm);
        return Root.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo })
            .Done().WithKey(key);
    }
}
