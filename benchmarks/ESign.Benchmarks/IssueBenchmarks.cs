using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;

namespace ESign.Benchmarks;

/// <summary>Certificates and CRLs from an authority with a P-256 key.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class IssueBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly LocalSigningKey _subject = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
    private readonly CertificateAuthority _authority = BenchmarkPki.CreateAuthority(new InMemoryCertificateRepository());
    private readonly CrlPublisher _tenThousand = new(BenchmarkPki.CreateAuthority(new RevokedOnly(10_000)));
    private readonly CrlPublisher _hundredThousand = new(BenchmarkPki.CreateAuthority(new RevokedOnly(100_000)));
    private readonly CrlPublisher _million = new(BenchmarkPki.CreateAuthority(new RevokedOnly(1_000_000)));

    /// <summary>Two P-256 signatures.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("issue", "certificate")]
    public int TwoKeyOperations() => _key.SignHash(_digest).Length + _key.SignHash(_digest).Length;

    /// <summary>An enterprise certificate: checks, lints, intent, signature, record in memory.</summary>
    [Benchmark]
    [BenchmarkCategory("issue", "certificate")]
    public IssuedCertificate Certificate() => _authority.IssueAsync(
        CertificateProfile.EnterpriseSeal,
        new IssuanceRequest { Subject = BenchmarkPki.Enterprise, SubjectPublicKeyInfo = _subject.SubjectPublicKeyInfo }).Done();

    /// <summary>A CRL of 10,000 entries: a tenth of the work.</summary>
    [Benchmark]
    [BenchmarkCategory("issue", "crl")]
    public PublishedCrl CrlOf10000() => _tenThousand.PublishAsync().Done();

    /// <summary>A CRL of 100,000 entries, linted and signed.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("issue", "crl")]
    public PublishedCrl CrlOf100000() => _hundredThousand.PublishAsync().Done();

    /// <summary>A CRL of 1,000,000 entries: ten times the work, not a hundred.</summary>
    [Benchmark]
    [BenchmarkCategory("issue", "crl")]
    public PublishedCrl CrlOf1000000() => _million.PublishAsync().Done();
}
