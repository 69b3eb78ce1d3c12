using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Benchmarks;

/// <summary>RFC 3161 requests answered in process, without HTTP.</summary>
[MemoryDiagnoser]
public class TimestampBenchmarks
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly byte[] _request = new TimestampRequest(DigestAlgorithm.Sha256, SHA256.HashData("document"u8), TimestampRequest.CreateNonce()).Encode();

    /// <summary>One P-256 signature.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("timestamp")]
    public byte[] KeyOperation() => _key.SignHash(_digest);

    /// <summary>Request bytes in, response bytes out.</summary>
    [Benchmark]
    [BenchmarkCategory("timestamp")]
    public byte[] Respond() => BenchmarkPki.Instance.Timestamps.RespondAsync(_request).Done();
}
