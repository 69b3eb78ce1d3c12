using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;

namespace ESign.Benchmarks;

/// <summary>Many signatures: fifty parties on one contract, as many small documents as go.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class BatchBenchmarks
{
    private const int Parties = 50;
    private const int Documents = 2000;

    private static readonly Seal s_mark = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司"));
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-bench-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly BatchSigner _batch = new();
    private readonly PdfSigner _p256 = new(BenchmarkPki.Instance.P256);
    private readonly PdfSigner _rsa = new(BenchmarkPki.Instance.Rsa2048);
    private readonly SignatureOptions _visible = new() { Seal = s_mark.Place(SealPlacement.At(1, 380, 700)) };

    [GlobalSetup]
    public void WriteFiles()
    {
        File.WriteAllBytes(Of("large"), Inputs.Large);
    }

    [GlobalCleanup]
    public void DeleteFiles() => Directory.Delete(_folder, recursive: true);

    /// <summary>One SHA-256 pass over 20 MB and fifty key operations.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("batch", "parties")]
    public int OnePassAndFiftyKeyOperations()
    {
        int length = SHA256.HashData(Inputs.Large).Length;
        for (int i = 0; i < Parties; i++)
        {
            length += _key.SignHash(_digest).Length;
        }

        return length;
    }

    /// <summary>To replace a file frees the pages of the one before: that is not signing.</summary>
    [IterationCleanup(Target = nameof(FiftyParties))]
    public void DeleteContract() => File.Delete(Of("parties"));

    /// <summary>Fifty parties sign one contract of 20 MB in turn, file to a new file.</summary>
    [Benchmark]
    [BenchmarkCategory("batch", "parties")]
    public int FiftyParties()
    {
        (SigningCredential, SignatureOptions)[] parties = [.. Enumerable.Range(0, Parties).Select(number => (
            BenchmarkPki.Instance.P256,
            new SignatureOptions { Seal = s_mark.Place(SealPlacement.At(1 + (number / 25), 10 + (number % 5 * 115), 20 + (number / 5 % 5 * 60), width: 100)) }))];
        return _batch.SignInTurnAsync(Of("large"), Of("parties"), parties).Done().Count;
    }

    /// <summary>Small documents, P-256, one thread.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Documents)]
    [BenchmarkCategory("batch", "throughput-p256")]
    public long OneThreadP256() => SignMany(_p256, threads: 1);

    /// <summary>The same with two threads.</summary>
    [Benchmark(OperationsPerInvoke = Documents)]
    [BenchmarkCategory("batch", "throughput-p256")]
    public long TwoThreadsP256() => SignMany(_p256, threads: 2);

    /// <summary>Small documents, RSA-2048, one thread.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Documents)]
    [BenchmarkCategory("batch", "throughput-rsa")]
    public long OneThreadRsa() => SignMany(_rsa, threads: 1);

    /// <summary>The same with two threads.</summary>
    [Benchmark(OperationsPerInvoke = Documents)]
    [BenchmarkCategory("batch", "throughput-rsa")]
    public long TwoThreadsRsa() => SignMany(_rsa, threads: 2);

    private long SignMany(PdfSigner signer, int threads)
    {
        byte[] input = Inputs.Small;
        long length = 0;
        Parallel.For(0, threads, thread =>
        {
            var output = new MemoryStream(64 * 1024);
            for (int i = thread; i < Documents; i += threads)
            {
                output.SetLength(0);
                signer.SignAsync(new MemoryStream(input, 0, input.Length, writable: false, publiclyVisible: true), output, _visible).Done();
            }

            Interlocked.Add(ref length, output.Length);
        });
        return length;
    }

    private string Of(string name) => Path.Combine(_folder, name + ".pdf");
}
