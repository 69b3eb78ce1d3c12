using System.Diagnostics;
using System.Globalization;

namespace ESign.Benchmarks;

/// <summary>Guards the hot path on every change: ratios to floors of the same run, and allocations; never absolute time.</summary>
internal static class QuickCheck
{
    private const int WarmUp = 400;

    /// <summary>Gross regressions only: a shared machine's ratios wander by half.</summary>
    private const double Slack = 2.5;

    private sealed record Row(string Name, double Microseconds, double Floor, double GoalRatio, long Bytes, long GoalBytes)
    {
        public double Ratio => Microseconds / Floor;

        public bool IsRegression => Ratio > GoalRatio * Slack || Bytes > GoalBytes * 1.5;
    }

    public static int Run(TextWriter output)
    {
        var sign = new SignBenchmarks();
        double ecdsa = Measure(() => sign.FloorP256(), 3000).Microseconds;
        double rsa = Measure(() => sign.FloorRsa(), 1000).Microseconds;
        double medium = Measure(() => sign.FloorMedium(), 1000).Microseconds;
        double large = Measure(() => sign.FloorLarge(), 20, warmUp: 3).Microseconds;
        Row[] rows =
        [
            Compare("visible B-B, small, P-256", () => sign.SmallP256().GetAwaiter().GetResult(), ecdsa, goalRatio: 100.0 / 26, goalKilobytes: 40),
            Compare("visible B-T, small, P-256", () => sign.SmallP256Timestamped().GetAwaiter().GetResult(), ecdsa, goalRatio: 300.0 / 26, goalKilobytes: 80),
            Compare("visible B-B, small, RSA-2048", () => sign.SmallRsa().GetAwaiter().GetResult(), rsa, goalRatio: 1.3, goalKilobytes: 40),
            Compare("visible B-B, medium, P-256", () => sign.MediumP256().GetAwaiter().GetResult(), medium, goalRatio: 1.8, goalKilobytes: 64),
            Compare("visible B-B, large, P-256", () => sign.LargeP256().GetAwaiter().GetResult(), large, goalRatio: 1.3, goalKilobytes: 256, count: 20, warmUp: 3),
        ];

        output.WriteLine("| Work | µs | ratio to floor | goal | KB allocated | goal |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (Row row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Microseconds:0} | {row.Ratio:0.00} | {row.GoalRatio:0.00} | {row.Bytes / 1024.0:0.0} | {row.GoalBytes / 1024} |{(row.IsRegression ? " REGRESSION" : "")}"));
        }

        return rows.Any(row => row.IsRegression) ? 1 : 0;
    }

    private static Row Compare(string name, Action work, double floor, double goalRatio, int goalKilobytes, int count = 1000, int warmUp = WarmUp)
    {
        (double microseconds, long bytes) = Measure(work, count, warmUp);
        return new Row(name, microseconds, floor, goalRatio, bytes, goalKilobytes * 1024L);
    }

    /// <summary>The median of the calls after a warm-up, and the bytes one call allocates.</summary>
    private static (double Microseconds, long Bytes) Measure(Action work, int count, int warmUp = WarmUp)
    {
        for (int i = 0; i < warmUp; i++)
        {
            work();
        }

        long[] ticks = new long[count];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < count; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        long bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
        Array.Sort(ticks);
        return (ticks[count / 2] * 1e6 / Stopwatch.Frequency, bytes);
    }
}
