using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ESign.Pdf.Document;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Validation;

namespace ESign.Benchmarks;

/// <summary>Full validation – integrity, chain, analysis of every later revision – of small documents with 1, 10 and 25 signatures.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class VerifyBenchmarks
{
    private readonly byte[] _one = Signed(1);
    private readonly byte[] _ten = Signed(10);
    private readonly byte[] _twentyFive = Signed(25);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly byte[] _signature;
    private readonly PdfVerifier _verifier = new(new VerificationPolicy
    {
        TrustAnchors = new TrustAnchors([BenchmarkPki.Instance.Root.Certificate]),
        UnknownRevocation = UnknownRevocation.Off,
    });

    private readonly byte[] _cms;
    private readonly byte[] _content;
    private readonly X509Certificate2 _root = X509CertificateLoader.LoadCertificate(BenchmarkPki.Instance.Root.Certificate.RawData.Span);

    public VerifyBenchmarks()
    {
        _signature = _key.SignHash(_digest);
        using PdfDocument document = PdfDocument.Open(_one);
        (_cms, _content) = SignedDocument.Parts(_one, document);
    }

    /// <summary>One P-256 verification.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("verify")]
    public bool KeyOperation() => _key.VerifyHash(_digest, _signature);

    /// <summary>The platform's own CMS and chain verification of the same signature, without reading the PDF.</summary>
    [Benchmark]
    [BenchmarkCategory("verify")]
    public bool SignedCmsAndX509Chain()
    {
        var cms = new SignedCms(new ContentInfo(_content), detached: true);
        cms.Decode(_cms);
        cms.CheckSignature(verifySignatureOnly: true);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(cms.SignerInfos[0].Certificate!);
    }

    /// <summary>One signature.</summary>
    [Benchmark]
    [BenchmarkCategory("verify")]
    public VerificationResult One() => Verify(_one);

    /// <summary>Ten signatures, each in a revision of its own.</summary>
    [Benchmark]
    [BenchmarkCategory("verify")]
    public VerificationResult Ten() => Verify(_ten);

    /// <summary>Twenty-five signatures, each in a revision of its own.</summary>
    [Benchmark]
    [BenchmarkCategory("verify")]
    public VerificationResult TwentyFive() => Verify(_twentyFive);

    private VerificationResult Verify(byte[] document)
    {
        VerificationResult result = _verifier.VerifyAsync(new MemoryStream(document, 0, document.Length, writable: false, publiclyVisible: true)).Done();
        return result.Verdict == DocumentVerdict.Valid ? result : throw new InvalidOperationException($"the document is {result.Verdict}");
    }

    private static byte[] Signed(int signatures) => SignedDocument.Create(Inputs.Small, signatures);
}
