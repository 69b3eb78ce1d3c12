using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Revocation;

namespace ESign.Benchmarks;

/// <summary>Visible signatures, stream to stream, beside their floors: the key operation alone, and one SHA-256 pass over the document.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class SignBenchmarks
{
    private static readonly Seal s_mark = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司", "签署：合同签署", "2026-01-01 12:00:00"));
    private readonly PdfSigner _p256 = new(BenchmarkPki.Instance.P256);
    private readonly PdfSigner _rsa = new(BenchmarkPki.Instance.Rsa2048);
    private readonly SignatureOptions _visible = new() { Seal = s_mark.Place(SealPlacement.At(1, 380, 700)) };
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly ECDsa _ecdsaFloor = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly RSA _rsaFloor = RSA.Create(2048);
    private readonly MemoryStream _output = new(1024 * 1024);

    /// <summary>The floor of everything small signed with P-256.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign", "small-p256")]
    public byte[] KeyOperationP256() => _ecdsaFloor.SignHash(_digest);

    /// <summary>Small, P-256, B-B.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "small-p256")]
    public SignatureReceipt SmallP256() => Sign(_p256, Inputs.Small, _visible);

    /// <summary>Small, P-256, with an in-process timestamp: two key operations.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "small-p256")]
    public SignatureReceipt SmallP256Timestamped() => Sign(_p256, Inputs.Small, _visible with { Level = PadesLevel.T(BenchmarkPki.Instance.Timestamps) });

    /// <summary>Small, P-256, B-LTA with in-process timestamps and a CRL at hand: three key operations.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "small-p256")]
    public SignatureReceipt SmallP256Archived() => Sign(_p256, Inputs.Small, _visible with { Level = BenchmarkPki.Instance.Archive });

    /// <summary>The floor of everything small signed with RSA-2048.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign", "small-rsa")]
    public byte[] KeyOperationRsa() => _rsaFloor.SignHash(_digest, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Small, RSA-2048, B-B.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "small-rsa")]
    public SignatureReceipt SmallRsa() => Sign(_rsa, Inputs.Small, _visible);

    /// <summary>The peer: PDFsharp, invisible, RSA-2048.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "small-rsa")]
    public long SmallRsaPdfSharp() => PdfSharpPeer.Sign(Inputs.Small, _output);

    /// <summary>The floor of the medium document: hashing it and one key operation.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign", "medium-p256")]
    public byte[] HashAndKeyOperationP256() => _ecdsaFloor.SignHash(SHA256.HashData(Inputs.Medium));

    /// <summary>Medium, P-256, B-B.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "medium-p256")]
    public SignatureReceipt MediumP256() => Sign(_p256, Inputs.Medium, _visible);

    /// <summary>The floor of the medium document with RSA-2048.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("sign", "medium-rsa")]
    public byte[] HashAndKeyOperationRsa() => _rsaFloor.SignHash(SHA256.HashData(Inputs.Medium), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Medium, RSA-2048, B-B.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "medium-rsa")]
    public SignatureReceipt MediumRsa() => Sign(_rsa, Inputs.Medium, _visible);

    /// <summary>The peer: PDFsharp, invisible, RSA-2048.</summary>
    [Benchmark]
    [BenchmarkCategory("sign", "medium-rsa")]
    public long MediumRsaPdfSharp() => PdfSharpPeer.Sign(Inputs.Medium, _output);

    private SignatureReceipt Sign(PdfSigner signer, byte[] input, SignatureOptions options)
    {
        _output.SetLength(0);
        return signer.SignAsync(new MemoryStream(input, 0, input.Length, writable: false, publiclyVisible: true), _output, options).Done();
    }
}
