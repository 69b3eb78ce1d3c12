using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using Perfolizer.Horology;

namespace ESign.Benchmarks;

/// <summary>
/// How long every row is measured once it is warm (<see cref="WarmEngineFactory"/>): all rows together take six minutes. With
/// the runtime's own settings, tiers of compilation included, since those are what users have.
/// </summary>
internal static class BenchmarkPlan
{
    public static IConfig Create()
    {
        IConfig all = DefaultConfig.Instance;
        return ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithLaunchCount(1).WithWarmupCount(2).WithIterationCount(9).WithIterationTime(TimeInterval.FromMilliseconds(200)).WithEvaluateOverhead(false)
                .WithEngineFactory(new WarmEngineFactory())
                .WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]))
            .AddColumnProvider([.. all.GetColumnProviders()])
            .AddLogger([.. all.GetLoggers()])
            .AddExporter(MarkdownExporter.GitHub)
            .AddAnalyser([.. all.GetAnalysers()])
            .AddValidator([.. all.GetValidators()])
            .WithUnionRule(all.UnionRule);
    }
}
