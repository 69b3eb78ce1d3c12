using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Tsa;

namespace ESign.Benchmarks;

/// <summary>RFC 3161 requests answered in process, without HTTP: every signature verified before it leaves, and one in 64.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class TimestampBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly byte[] _request = new TimestampRequest(DigestAlgorithm.Sha256, SHA256.HashData("document"u8), TimestampRequest.CreateNonce()).Encode();
    private readonly TimestampAuthority _verifiesAll = BenchmarkPki.Instance.Timestamps;
    private readonly TimestampAuthority _verifiesSome = BenchmarkPki.Instance.CreateTimestamps(verifyOneIn: 64);

    /// <summary>One P-256 signature and one verification of it.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("timestamp", "every-verified")]
    public bool SignatureAndVerification() => _key.VerifyHash(_digest, _key.SignHash(_digest));

    /// <summary>Request bytes in, response bytes out.</summary>
    [Benchmark]
    [BenchmarkCategory("timestamp", "every-verified")]
    public byte[] Respond() => _verifiesAll.RespondAsync(_request).Done();

    /// <summary>One P-256 signature.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("timestamp", "one-in-64-verified")]
    public byte[] KeyOperation() => _key.SignHash(_digest);

    /// <summary>The same with the signature of every 64th verified, and all else of every one.</summary>
    [Benchmark]
    [BenchmarkCategory("timestamp", "one-in-64-verified")]
    public byte[] RespondOneIn64() => _verifiesSome.RespondAsync(_request).Done();
}
