using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Benchmarks;

/// <summary>Visible B-B signatures beside their floors: the key operation alone, and one SHA-256 pass over the document.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
public class SignBenchmarks
{
    private static readonly Seal s_mark = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司", "签署：合同签署", "2026-01-01 12:00:00"));
    private readonly PdfSigner _p256 = new(BenchmarkPki.Instance.P256);
    private readonly PdfSigner _rsa = new(BenchmarkPki.Instance.Rsa2048);
    private readonly SignatureOptions _visible = new() { Seal = s_mark.Place(SealPlacement.At(1, 380, 700)) };
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly ECDsa _ecdsaFloor = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsaFloor = RSA.Create(2048);
    private readonly MemoryStream _output = new(32 * 1024 * 1024);

    /// <summary>The floor of everything signed with P-256.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign-p256")]
    public byte[] FloorP256() => _ecdsaFloor.SignHash(_digest);

    /// <summary>Small, P-256.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-p256")]
    public Task<SignatureReceipt> SmallP256() => SignAsync(_p256, Inputs.Small, _visible);

    /// <summary>Small, P-256, with an in-process timestamp.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-p256")]
    public Task<SignatureReceipt> SmallP256Timestamped() =>
        SignAsync(_p256, Inputs.Small, _visible with { Level = PadesLevel.T(BenchmarkPki.Instance.Timestamps) });

    /// <summary>The floor of everything signed with RSA-2048.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign-rsa")]
    public byte[] FloorRsa() => _rsaFloor.SignHash(_digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Small, RSA-2048.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-rsa")]
    public Task<SignatureReceipt> SmallRsa() => SignAsync(_rsa, Inputs.Small, _visible);

    /// <summary>The floor of the medium document: hashing it and one key operation.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign-medium")]
    public byte[] FloorMedium() => _ecdsaFloor.SignHash(SHA256.HashData(Inputs.Medium));

    /// <summary>Medium, P-256.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-medium")]
    public Task<SignatureReceipt> MediumP256() => SignAsync(_p256, Inputs.Medium, _visible);

    /// <summary>The floor of the large document.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign-large")]
    public byte[] FloorLarge() => _ecdsaFloor.SignHash(SHA256.HashData(Inputs.Large));

    /// <summary>Large, P-256.</summary>
    [Benchmark]
    [BenchmarkCategory("sign-large")]
    public Task<SignatureReceipt> LargeP256() => SignAsync(_p256, Inputs.Large, _visible);

    private Task<SignatureReceipt> SignAsync(PdfSigner signer, byte[] input, SignatureOptions options)
    {
        _output.SetLength(0);
        return signer.SignAsync(new MemoryStream(input, 0, input.Length, writable: false, publiclyVisible: true), _output, options);
    }
}
