using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.Pki.Tests.Issuance;

/// <summary>A root and an issuing authority of one algorithm, with a clock that stands still.</summary>
internal sealed class TestHierarchy : IDisposable
{
    public static readonly UnifiedSocialCreditCode Code = UnifiedSocialCreditCode.Parse("91350100M000100Y43");
    public static readonly ResidentIdNumber PersonDocument = ResidentIdNumber.Parse("11010519491231002X");
    public static readonly CertificateSubject Company = CertificateSubject.Enterprise("深圳示例科技有限公司", Code);
    public static readonly CertificateSubject Individual = CertificateSubject.Person("张三", PersonDocument);

    public static readonly PublicationPoints Publication = new()
    {
        CrlUris = ["http://pki.example/crl/issuing.crl"],
        IssuerCertificateUris = ["http://pki.example/ca/issuing.cer"],
        OcspUris = ["http://pki.example/ocsp"],
        CpsUri = "https://pki.example/cps",
    };

    private readonly List<LocalSigningKey> _keys = [];

    private TestHierarchy(SignatureAlgorithm algorithm, FixedClock clock)
    {
        Algorithm = algorithm;
        Clock = clock;
    }

    public SignatureAlgorithm Algorithm { get; }

    public FixedClock Clock { get; }

    public CertificateAuthority Root { get; private set; } = null!;

    public CertificateAuthority Issuing { get; private set; } = null!;

    public static async Task<TestHierarchy> CreateAsync(SignatureAlgorithm? algorithm = null, PublicationPoints? publication = null, DateTimeOffset? now = null)
    {
        var hierarchy = new TestHierarchy(algorithm ?? SignatureAlgorithm.EcdsaP256Sha256, new FixedClock(now ?? TimeProvider.System.GetUtcNow()));
        var rootOptions = new CertificateAuthorityOptions
        {
            TimeProvider = hierarchy.Clock,
            Publication = new PublicationPoints { CrlUris = ["http://pki.example/crl/root.crl"], IssuerCertificateUris = ["http://pki.example/ca/root.cer"] },
        };
        hierarchy.Root = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("示例根CA", "示例机构"), hierarchy.NewKey(), rootOptions);
        hierarchy.Issuing = await hierarchy.Root.CreateIssuingCaAsync(
            CertificateSubject.Service("示例签发CA", "示例机构"), hierarchy.NewKey(), rootOptions with { Publication = publication ?? Publication });
        return hierarchy;
    }

    public LocalSigningKey NewKey(SignatureAlgorithm? algorithm = null)
    {
        LocalSigningKey key = LocalSigningKey.Create(algorithm ?? Algorithm, 2048);
        _keys.Add(key);
        return key;
    }

    public async Task<IssuedCertificate> IssueAsync(CertificateProfile profile, CertificateSubject subject, LocalSigningKey? key = null) =>
        await Issuing.IssueAsync(profile, new IssuanceRequest { Subject = subject, SubjectPublicKeyInfo = (key ?? NewKey()).SubjectPublicKeyInfo });

    public static string Write(string folder, string name, Certificate certificate)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, certificate.ToPem());
        return path;
    }

    public void Dispose() => _keys.ForEach(key => key.Dispose());
}

/// <summary>A clock that shows what it is told.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}
