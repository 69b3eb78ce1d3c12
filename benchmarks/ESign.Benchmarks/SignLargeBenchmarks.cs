using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Benchmarks;

/// <summary>A thousand pages, 20 MB, stream to stream: one SHA-256 pass is the floor, copying goes on beside it.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class SignLargeBenchmarks
{
    private static readonly Seal s_mark = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司", "签署：合同签署", "2026-01-01 12:00:00"));
    private readonly PdfSigner _signer = new(BenchmarkPki.Instance.P256);
    private readonly SignatureOptions _visible = new() { Seal = s_mark.Place(SealPlacement.At(1, 380, 700)) };
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly MemoryStream _output = new(32 * 1024 * 1024);

    /// <summary>One SHA-256 pass and one key operation.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign-large")]
    public byte[] HashAndKeyOperation() => _key.SignHash(SHA256.HashData(Inputs.Large));

    /// <summary>B-B.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-large")]
    public SignatureReceipt Large() => Sign(_visible);

    /// <summary>B-LTA: signature, validation data and document timestamp over one pass of the original.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-large")]
    public SignatureReceipt LargeArchived() => Sign(_visible with { Level = BenchmarkPki.Instance.Archive });

    private SignatureReceipt Sign(SignatureOptions options)
    {
        byte[] input = Inputs.Large;
        _output.SetLength(0);
        return _signer.SignAsync(new MemoryStream(input, 0, input.Length, writable: false, publiclyVisible: true), _output, options).Done();
    }
}
