using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Reports;

namespace ESign.Benchmarks;

/// <summary>The table of ratios beside goals, the rows that fall short, and the chart of both.</summary>
internal static class RatioReport
{
    private sealed record Row(string Group, string Name, bool IsBaseline, double Microseconds, double Ratio, double Kilobytes, Goal? Goal)
    {
        public bool FallsShort => Ratio > Goal?.Ratio || Kilobytes > Goal?.Kilobytes;
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
        File.WriteAllText(Path.Combine(folder, "ratios.svg"), RatioChart.Draw(
            [.. rows.Where(row => row.Goal?.Ratio is not null).Select(row => (row.Name, row.Ratio / row.Goal!.Ratio!.Value))]));
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
                yield return new Row(group.Key, name.Replace("Benchmarks", "", StringComparison.Ordinal), report.BenchmarkCase.Descriptor.Baseline, median / 1000, median / (floor ?? median), allocated / 1024, Goal.Of(name));
            }
        }
    }

    private static string Table(Row[] rows, Summary summary)
    {
        var text = new StringBuilder("# Ratios to the floor of the same run\n\n");
        text.Append(Invariant($"{summary.HostEnvironmentInfo.CpuInfo.Value?.ProcessorName ?? "unknown processor"}, {Environment.ProcessorCount} logical cores · {RuntimeInformation.OSDescription} · {RuntimeInformation.FrameworkDescription}\n\n"));
        text.Append("Medians. The first row of each group is its floor. A ratio or an allocation above its goal is marked ✗.\n");
        foreach (IGrouping<string, Row> group in rows.GroupBy(row => row.Group))
        {
            text.Append(Invariant($"\n## {group.Key}\n\n| Work | µs | ratio | goal | KiB | goal | |\n|---|---:|---:|---:|---:|---:|---|\n"));
            foreach (Row row in group.OrderByDescending(row => row.IsBaseline))
            {
                string mark = row.Goal is null ? "" : row.FallsShort ? "✗" : "✓";
                text.Append(Invariant($"| {row.Name} | {row.Microseconds:0.0} | {row.Ratio:0.00} | {row.Goal?.Ratio:0.00} | {row.Kilobytes:0.0} | {row.Goal?.Kilobytes} | {mark} |\n"));
            }
        }

        Row[] shorts = [.. rows.Where(row => row.FallsShort)];
        text.Append("\n## Rows that fall short\n\n").Append(shorts.Length == 0 ? "None.\n" : "");
        foreach (Row row in shorts)
        {
            text.Append(Invariant($"- {row.Name}: ratio {row.Ratio:0.00} (goal {row.Goal!.Ratio:0.00}), {row.Kilobytes:0} KiB{(row.Goal.Kilobytes is { } goal ? Invariant($" (goal {goal})") : "")}\n"));
        }

        return text.ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
