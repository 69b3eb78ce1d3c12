using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Benchmarks;

/// <summary>One template of 5 MB to a thousand recipients, file to file. Each copy is deleted once it is there, by floor and signer alike.</summary>
[MemoryDiagnoser]
[InvocationCount(1)]
[WarmupCount(1)]
[IterationCount(3)]
public class TemplateBenchmarks
{
    private const int Recipients = 1000;

    private readonly string _folder = Directory.CreateTempSubdirectory("esign-bench-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _digest = SHA256.HashData("floor"u8);
    private readonly BatchSigner _batch = new();
    private readonly SignatureOptions _visible = new() { Seal = Seal.Draw(SealDesign.SignatureText("深圳示例科技有限公司")).Place(SealPlacement.At(1, 380, 700)) };

    [GlobalSetup]
    public void WriteFile() => File.WriteAllBytes(Of("template"), Inputs.Template);

    [GlobalCleanup]
    public void DeleteFiles() => Directory.Delete(_folder, recursive: true);

    /// <summary>A thousand copies and key operations, on as many threads as the batch has.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("batch", "template")]
    public int ThousandCopiesAndKeyOperations()
    {
        int length = 0;
        Parallel.For(0, Recipients, number =>
        {
            File.Copy(Of("template"), Of($"copy-{number}"));
            Interlocked.Add(ref length, _key.SignHash(_digest).Length);
            File.Delete(Of($"copy-{number}"));
        });
        return length;
    }

    /// <summary>A thousand signed copies.</summary>
    [Benchmark]
    [BenchmarkCategory("batch", "template")]
    public int ThousandRecipients()
    {
        BatchItem[] items = [.. Enumerable.Range(0, Recipients).Select(number => new BatchItem
        {
            InputPath = Of("template"),
            OutputPath = Of($"signed-{number}"),
            Credential = BenchmarkPki.Instance.P256,
            Options = _visible,
        })];
        var deleting = new Deleting();
        IReadOnlyList<BatchResult> results = _batch.SignAsync(items, deleting).Done();
        Task.WaitAll(deleting.Tasks);
        return results.All(result => result.IsSigned) ? results.Count : throw new InvalidOperationException("not every copy was signed", results.First(result => !result.IsSigned).Error);
    }

    private string Of(string name) => Path.Combine(_folder, name + ".pdf");

    private sealed class Deleting : IProgress<BatchResult>
    {
        /// <summary>Reports come one at a time; what they start must not hold up the next.</summary>
        public List<Task> Tasks { get; } = [];

        public void Report(BatchResult value) => Tasks.Add(Task.Run(() => File.Delete(value.Item.OutputPath)));
    }
}
