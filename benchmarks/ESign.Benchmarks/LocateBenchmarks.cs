using System.ComponentModel;
using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using ESign.Pdf.Content;
using ESign.Pdf.Document;

namespace ESign.Benchmarks;

/// <summary>A keyword in a hundred pages of Chinese, beside <c>pdftotext -bbox</c> on the same file.</summary>
[MemoryDiagnoser]
public class LocateBenchmarks
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"esign-bench-{Environment.ProcessId}-contract.pdf");

    [GlobalSetup]
    public void WriteFile() => File.WriteAllBytes(_file, Inputs.Contract);

    [GlobalCleanup]
    public void DeleteFile() => File.Delete(_file);

    /// <summary>Whether the floor's program is installed.</summary>
    public bool HasFloor()
    {
        try
        {
            return PdfToText() == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>The whole process, as there is no library of it here.</summary>
    [Benchmark(Baseline = true)]
    [BenchmarkCategory("locate")]
    public int PdfToText()
    {
        using Process process = Process.Start(new ProcessStartInfo("pdftotext", ["-bbox", _file, "/dev/null"]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Every occurrence on every page.</summary>
    [Benchmark]
    [BenchmarkCategory("locate")]
    public int Find()
    {
        using PdfDocument document = PdfDocument.Open(Inputs.Contract);
        int found = new TextLocator(document).Find(Inputs.Keyword).Count();
        return found == 100 ? found : throw new InvalidOperationException($"{found} of 100 occurrences found");
    }
}
