namespace ESign.Benchmarks;

/// <summary>What a row is to reach: a ratio to the baseline of its group in the same run, an allocation per operation, a number per second.</summary>
/// <param name="Ratio">The largest ratio; null where only the figure is of interest.</param>
/// <param name="Kilobytes">The most allocated per operation, in KiB; null where nothing is promised.</param>
/// <param name="PerSecond">The least done per second, whatever the floor; null where nothing is promised.</param>
internal sealed record Goal(double? Ratio, int? Kilobytes = null, double? PerSecond = null)
{
    /// <summary>The goals by class and method. Absolute figures of the plan are divided by its floors: 26 µs for a P-256 signature, 75 µs for a verification.</summary>
    private static readonly Dictionary<string, Goal> s_all = new(StringComparer.Ordinal)
    {
        ["SignBenchmarks.SmallP256"] = new(100.0 / 26, 40),
        ["SignBenchmarks.SmallP256Archived"] = new(1500.0 / 26),
        ["SignBenchmarks.SmallRsa"] = new(1.3, 40),
        ["SignBenchmarks.MediumP256"] = new(1.8, 64),
        ["SignBenchmarks.MediumRsa"] = new(1.4, 64),
        ["SignLargeBenchmarks.Large"] = new(1.3, 256),
        ["SignLargeBenchmarks.LargeArchived"] = new(18.0 / 11),
        ["BatchBenchmarks.FiftyParties"] = new(2),
        ["TemplateBenchmarks.ThousandRecipients"] = new(1.3),
        ["BatchBenchmarks.TwoThreadsP256"] = new(1 / 1.8, PerSecond: 30_000),
        ["BatchBenchmarks.TwoThreadsRsa"] = new(1 / 1.8, PerSecond: 5_500),
        ["VerifyBenchmarks.One"] = new(250.0 / 75),
        ["VerifyBenchmarks.Ten"] = new(2500.0 / 75),
        ["VerifyBenchmarks.TwentyFive"] = new(6000.0 / 75),
        ["IssueBenchmarks.Certificate"] = new(250.0 / 52, PerSecond: 4_000),
        ["IssueBenchmarks.CrlOf10000"] = new(0.15),
        ["IssueBenchmarks.CrlOf1000000"] = new(11, 300 * 1024, PerSecond: 0.5),
        ["TimestampBenchmarks.Respond"] = new(1 / 0.75),
        ["LocateBenchmarks.Find"] = new(2),
    };

    public static Goal? Of(string row) => s_all.GetValueOrDefault(row);
}
