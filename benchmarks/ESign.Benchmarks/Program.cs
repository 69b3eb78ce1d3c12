using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using ESign.Benchmarks;

switch (args)
{
    // Ratios and allocations in under a minute, for every change.
    case ["--quick", ..]:
        return QuickCheck.Run(Console.Out);
    // What the whole-process rows need: documents, a credential, a trust anchor.
    case ["--inputs", string folder]:
        ProcessInputs.Write(folder);
        return 0;
    case ["--sparse", string path, string size]:
        SparseDocument.Write(path, long.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        return 0;
    // One benchmark over and over, for a profiler to watch.
    case ["--loop", string row, string seconds]:
        ProfilerLoop.Run(row, TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
        return 0;
    case ["--results", string folder, .. string[] rest]:
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(SignBenchmarks).Assembly).Run(rest, BenchmarkPlan.Create())];
        return RatioReport.Write(summaries, folder);
    // The chart and the rows that fall short, of all tables in a folder.
    case ["--summary", string folder]:
        return ResultSummary.Write(folder);
    default:
        return BenchmarkSwitcher.FromAssembly(typeof(SignBenchmarks).Assembly).Run(args, BenchmarkPlan.Create()).Any() ? 0 : 1;
}
