using System.Diagnostics;
using System.Globalization;

namespace ESign.Benchmarks;

/// <summary>Guards the hot paths on every change: ratios to floors of the same run, and allocations; never absolute time.</summary>
/// <remarks>
/// Run without tiers of compilation (<c>eng/bench.sh --quick</c> sets it): a loaded machine keeps the thread that compiles the
/// last tier waiting for minutes, and everything is then measured as it is never run for long.
/// </remarks>
internal static class QuickCheck
{
    private const int Rounds = 8;

    /// <summary>Gross regressions only: other people's work on the machine moves ratios by half, and the cache they share moves small floors less than what allocates.</summary>
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
        var batch = new BatchBenchmarks();
        locate.WriteFile();
        batch.WriteFiles();
        try
        {
            Row[] rows =
            [
                Compare("sign small, P-256", "SignBenchmarks.SmallP256", () => sign.KeyOperationP256(), () => sign.SmallP256(), 40),
                Compare("sign small, P-256, B-LTA", "SignBenchmarks.SmallP256Archived", () => sign.KeyOperationP256(), () => sign.SmallP256Archived(), 280),
                Compare("sign small, RSA-2048", "SignBenchmarks.SmallRsa", () => sign.KeyOperationRsa(), () => sign.SmallRsa(), 40),
                Compare("sign medium, P-256", "SignBenchmarks.MediumP256", () => sign.HashAndKeyOperationP256(), () => sign.MediumP256(), 64),
                Compare("sign large, P-256", "SignLargeBenchmarks.Large", () => large.HashAndKeyOperation(), () => large.Large(), 256, perRound: 3),
                Compare("verify 1 signature", "VerifyBenchmarks.One", () => verify.KeyOperation(), () => verify.One(), 80),
                // Linear in the number of signatures: against one, not against a key operation.
                Compare("verify 10, to 1", 10, () => verify.One(), () => verify.Ten(), 1100, perRound: 10),
                Compare("verify 25, to 1", 25, () => verify.One(), () => verify.TwentyFive(), 3400, perRound: 10),
                Compare("issue a certificate", "IssueBenchmarks.Certificate", () => issue.TwoKeyOperations(), () => issue.Certificate(), 50),
                Compare("timestamp", "TimestampBenchmarks.Respond", () => timestamp.SignatureAndVerification(), () => timestamp.Respond(), 40),
                // In processor time the copy counts too, which goes on beside the hashing.
                Compare("fifty parties, 20 MB", "BatchBenchmarks.FiftyParties", () => batch.OnePassAndFiftyKeyOperations(), () => batch.FiftyParties(), 150, perRound: 1),
                // Its floor is a program that a machine with only the SDK does not have.
                .. locate.HasFloor() ? [Compare("locate in 100 pages", "LocateBenchmarks.Find", () => locate.PdfToText(), () => locate.Find(), 15_000, perRound: 1, wall: true)] : (Row[])[],
            ];
            Print(output, rows);
            return rows.Any(row => row.IsRegression) ? 1 : 0;
        }
        finally
        {
            locate.DeleteFile();
            batch.DeleteFiles();
        }
    }

    private static void Print(TextWriter output, Row[] rows)
    {
        output.WriteLine("| Work | processor µs | ratio to floor | goal | KB allocated | at most |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (Row row in rows)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {row.Name} | {row.Microseconds:0} | {row.Ratio:0.00} | {row.GoalRatio:0.00} | {row.Kilobytes:0.0} | {row.GoalKilobytes} |{(row.IsRegression ? " REGRESSION" : "")}"));
        }
    }

    private static Row Compare(string name, string goal, Action floor, Action work, int kilobytes, int perRound = 60, bool wall = false) =>
        Compare(name, Goal.Of(goal)!.Ratio!.Value, floor, work, kilobytes, perRound, wall);

    /// <summary>Floor and work by turns, in processor time, so that neighbours do not count; the best round of each is compared.</summary>
    private static Row Compare(string name, double goalRatio, Action floor, Action work, int kilobytes, int perRound = 60, bool wall = false)
    {
        Time(floor, perRound, wall);
        Time(work, perRound, wall);
        double bestFloor = double.MaxValue;
        double bestWork = double.MaxValue;
        long allocated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            bestFloor = Math.Min(bestFloor, Time(floor, perRound, wall));
            long before = GC.GetAllocatedBytesForCurrentThread();
            bestWork = Math.Min(bestWork, Time(work, perRound, wall));
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return new Row(name, bestWork, bestFloor, goalRatio, allocated / 1024.0 / (Rounds * perRound), kilobytes);
    }

    /// <summary>Microseconds per call: of this process's processors, or of the clock on the wall where the floor is another process.</summary>
    private static double Time(Action work, int times, bool wall)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan used = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < times; i++)
        {
            work();
        }

        return (wall ? Stopwatch.GetElapsedTime(start) : Environment.CpuUsage.TotalTime - used).TotalMicroseconds / times;
    }
}
