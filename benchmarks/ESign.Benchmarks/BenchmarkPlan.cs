using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace ESign.Benchmarks;

/// <summary>
/// How long every row is measured: long enough for the compiler's last tier (≥ 300 calls before the first that counts, for
/// all that take less than three milliseconds), short enough that all rows together take six minutes.
/// </summary>
internal static class BenchmarkPlan
{
    public static IConfig Create()
    {
        IConfig all = DefaultConfig.Instance;
        return ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithLaunchCount(1).WithWarmupCount(5).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(200)).WithEvaluateOverhead(false)
                .WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]))
            .AddColumnProvider([.. all.GetColumnProviders()])
            .AddLogger([.. all.GetLoggers()])
            .AddExporter(MarkdownExporter.GitHub)
            .AddAnalyser([.. all.GetAnalysers()])
            .AddValidator([.. all.GetValidators()])
            .WithUnionRule(all.UnionRule);
    }
}
