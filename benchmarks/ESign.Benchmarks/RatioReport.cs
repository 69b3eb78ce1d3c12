using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Reports;

namespace ESign.Benchmarks;

/// <summary>The table of ratios beside goals, and the rows that fall short.</summary>
internal static class RatioReport
{
    private sealed record Row(string Group, string Name, bool IsBaseline, double Microseconds, double Best, double Ratio, double Kilobytes, Goal? Goal)
    {
        public double PerSecond => 1e6 / Microseconds;

        public bool FallsShort => Ratio > Goal?.Ratio || Kilobytes > Goal?.Kilobytes || PerSecond < Goal?.PerSecond;
    }

    public static int Write(IReadOnlyList<Summary> summaries, string folder)
    {
        Row[] rows = [.. summaries.SelectMany(Rows)];
        if (rows.Length == 0)
        {
            return 1;
        }

        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "ratios.md"), Table(rows, summaries[0]));
        return 0;
    }

    private static IEnumerable<Row> Rows(Summary summary)
    {
        BenchmarkReport[] measured = [.. summary.Reports.Where(report => report.ResultStatistics is not null)];
        foreach (IGrouping<string, BenchmarkReport> group in measured.GroupBy(report => string.Join(' ', report.BenchmarkCase.Descriptor.Categories)))
        {
            double? floor = group.FirstOrDefault(report => report.BenchmarkCase.Descriptor.Baseline)?.ResultStatistics!.Median;
            foreach (BenchmarkReport report in group)
            {
                string name = $"{report.BenchmarkCase.Descriptor.Type.Name}.{report.BenchmarkCase.Descriptor.WorkloadMethod.Name}";
                double median = report.ResultStatistics!.Median;
                double allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
                yield return new Row(group.Key, name.Replace("Benchmarks", "", StringComparison.Ordinal), report.BenchmarkCase.Descriptor.Baseline, median / 1000, report.ResultStatistics.Min / 1000, median / (floor ?? median), allocated / 1024, Goal.Of(name));
            }
        }
    }

    private static string Table(Row[] rows, Summary summary)
    {
        var text = new StringBuilder("# Ratios to the floor of the same run\n\n");
        string load = File.Exists("/proc/loadavg") ? $" · load at the end {File.ReadAllText("/proc/loadavg").Split(' ')[0]}" : "";
        text.Append(Invariant($"{summary.HostEnvironmentInfo.CpuInfo.Value?.ProcessorName ?? "unknown processor"}, {Environment.ProcessorCount} logical cores · {RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription}{load}\n\n"));
        text.Append("µs, ratios and rates are medians. The first row of each group is its floor. A ratio, an allocation or a rate that misses its goal is marked ✗.\n");
        foreach (IGrouping<string, Row> group in rows.GroupBy(row => row.Group).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.Append(Invariant($"\n## {group.Key}\n\n| Work | µs | best | ratio | goal | KiB | goal | per s | goal | |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---|\n"));
            foreach (Row row in group.OrderByDescending(row => row.IsBaseline))
            {
                string mark = row.Goal is null ? "" : row.FallsShort ? "✗" : "✓";
                text.Append(Invariant($"| {row.Name} | {row.Microseconds:0.0} | {row.Best:0.0} | {row.Ratio:0.00} | {row.Goal?.Ratio:0.00} | {row.Kilobytes:0.0} | {row.Goal?.Kilobytes} | {row.PerSecond:0.##} | {row.Goal?.PerSecond} | {mark} |\n"));
            }
        }

        AppendGrowth(text);
        return text.ToString();
    }

    private static void AppendGrowth(StringBuilder text)
    {
        text.Append("\n## output growth, visible B-B\n\n| Work | bytes | ratio | goal | |\n|---|---:|---:|---:|---|\n");
        foreach ((string name, long bytes) in OutputGrowth.Measure())
        {
            double ratio = (double)bytes / OutputGrowth.Goal;
            text.Append(Invariant($"| growth: {name} | {bytes} | {ratio:0.00} | 1.00 | {(ratio <= 1 ? "✓" : "✗")} |\n"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
