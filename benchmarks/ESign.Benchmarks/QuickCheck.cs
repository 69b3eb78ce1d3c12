using System.Diagnostics;
using System.Globalization;

namespace ESign.Benchmarks;

/// <summary>Guards the hot paths on every change: ratios to floors of the same run, and allocations; never absolute time.</summary>
internal static class QuickCheck
{
    private const int Rounds = 10;

    /// <summary>Gross regressions only: other people's work on the machine moves ratios by half, and a floor of microseconds more than what allocates.</summary>
    private const double Slack = 3;

    private sealed record Row(string Name, double Microseconds, double Floor, double GoalRatio, double Kilobytes, int GoalKilobytes)
    {
        public double Ratio => Microseconds / Floor;

        public bool IsRegression => Ratio > GoalRatio * Slack || Kilobytes > GoalKilobytes * 1.5;
    }

    public static int Run(TextWriter output)
    {
        var sign = new SignBenchmarks();
        var large = new SignLargeBenchmarks();
        var verify = new VerifyBenchmarks();
        var issue = new IssueBenchmarks();
        var timestamp = new TimestampBenchmarks();
        var locate = new LocateBenchmarks();
        locate.WriteFile();
        try
        {
            Row[] rows =
            [
                Compare("sign small, P-256", "SignBenchmarks.SmallP256", () => sign.KeyOperationP256(), () => sign.SmallP256(), 40),
                Compare("sign small, P-256, B-LTA", "SignBenchmarks.SmallP256Archived", () => sign.KeyOperationP256(), () => sign.SmallP256Archived(), 400),
                Compare("sign small, RSA-2048", "SignBenchmarks.SmallRsa", () => sign.KeyOperationRsa(), () => sign.SmallRsa(), 40),
                Compare("sign medium, P-256", "SignBenchmarks.MediumP256", () => sign.HashAndKeyOperationP256(), () => sign.MediumP256(), 64),
                Compare("sign large, P-256", "SignLargeBenchmarks.Large", () => large.HashAndKeyOperation(), () => large.Large(), 256, perRound: 3),
                Compare("verify 1 signature", "VerifyBenchmarks.One", () => verify.KeyOperation(), () => verify.One(), 400),
                // Linear in the number of signatures: against one, not against a key operation.
                Compare("verify 10, to 1", 10, () => verify.One(), () => verify.Ten(), 4000, perRound: 10),
                Compare("verify 25, to 1", 25, () => verify.One(), () => verify.TwentyFive(), 12000, perRound: 10),
                Compare("issue a certificate", "IssueBenchmarks.Certificate", () => issue.TwoKeyOperations(), () => issue.Certificate(), 120),
                Compare("timestamp", "TimestampBenchmarks.Respond", () => timestamp.KeyOperation(), () => timestamp.Respond(), 40),
                Compare("locate in 100 pages", "LocateBenchmarks.Find", () => locate.PdfToText(), () => locate.Find(), 60_000, perRound: 1),
            ];
            Print(output, rows);
            return rows.Any(row => row.IsRegression) ? 1 : 0;
        }
        finally
        {
            locate.DeleteFile();
        }
    }

    private static void Print(TextWriter output, Row[] rows)
    {
        output.WriteLine("| Work | µs | ratio to floor | goal | KB allocated | at most |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (Row row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Microseconds:0} | {row.Ratio:0.00} | {row.GoalRatio:0.00} | {row.Kilobytes:0.0} | {row.GoalKilobytes} |{(row.IsRegression ? " REGRESSION" : "")}"));
        }
    }

    private static Row Compare(string name, string goal, Action floor, Action work, int kilobytes, int perRound = 60) =>
        Compare(name, Goal.Of(goal)!.Ratio!.Value, floor, work, kilobytes, perRound);

    /// <summary>Floor and work by turns, so that both meet the same neighbours; the fastest tenth of each is compared.</summary>
    private static Row Compare(string name, double goalRatio, Action floor, Action work, int kilobytes, int perRound = 60)
    {
        // Small work must be through its tiers of compilation before it is timed.
        Repeat(floor, perRound * 5);
        Repeat(work, perRound * 5);
        var floors = new List<long>();
        var works = new List<long>();
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Time(floor, perRound, floors);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Time(work, perRound, works);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return new Row(name, FastTenth(works), FastTenth(floors), goalRatio, allocated / 1024.0 / (Rounds * perRound), kilobytes);
    }

    private static void Repeat(Action work, int times)
    {
        for (int i = 0; i < times; i++)
        {
            work();
        }
    }

    private static void Time(Action work, int times, List<long> ticks)
    {
        for (int i = 0; i < times; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }
    }

    private static double FastTenth(List<long> ticks)
    {
        ticks.Sort();
        return ticks[ticks.Count / 10] * 1e6 / Stopwatch.Frequency;
    }
}
