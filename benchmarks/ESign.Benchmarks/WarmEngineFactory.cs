using System.Diagnostics;
using BenchmarkDotNet.Engines;

namespace ESign.Benchmarks;

/// <summary>Calls a row, floor or not, until it runs as it will run for good; only then BenchmarkDotNet begins to measure.</summary>
/// <remarks>
/// The last tier of compilation comes after thirty calls of a method, from a thread of its own that waits until 100 ms have
/// passed without new methods, and that gets no turn beside two busy threads on two processors. A warm-up of some
/// iterations without a pause ends before it: rows were then measured at twice their time. So every round of calls is
/// followed by a pause, and the rounds end when there were 300 calls and the time of a call has stopped falling, or when
/// ten seconds are over.
/// </remarks>
public sealed class WarmEngineFactory : IEngineFactory
{
    private const int EnoughCalls = 300;
    private const int SteadyRounds = 5;
    private const double Falling = 0.97;
    private static readonly TimeSpan s_round = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan s_atMost = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public IEngine CreateReadyToRun(EngineParameters engineParameters)
    {
        Action setup = engineParameters.GlobalSetupAction;
        engineParameters.GlobalSetupAction = () =>
        {
            setup();
            WarmUp(engineParameters);
        };
        return new EngineFactory().CreateReadyToRun(engineParameters);
    }

    private static void WarmUp(EngineParameters row)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan best = TimeSpan.MaxValue;
        int calls = 0;
        for (int steady = 0; (steady < SteadyRounds || calls < EnoughCalls) && Stopwatch.GetElapsedTime(start) < s_atMost; steady++)
        {
            (int count, TimeSpan perCall) = Round(row);
            calls += count;
            if (perCall < best * Falling)
            {
                best = perCall;
                steady = 0;
            }

            Thread.Sleep(s_pause);
        }

        row.Host.WriteLine($"// Warm after {calls} calls in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
    }

    /// <summary>The time of the fastest call of a round: neighbours only ever add.</summary>
    private static (int Calls, TimeSpan PerCall) Round(EngineParameters row)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan best = TimeSpan.MaxValue;
        int calls = 0;
        for (; calls == 0 || Stopwatch.GetElapsedTime(start) < s_round; calls++)
        {
            row.IterationSetupAction();
            long call = Stopwatch.GetTimestamp();
            row.WorkloadActionNoUnroll(1);
            TimeSpan took = Stopwatch.GetElapsedTime(call);
            row.IterationCleanupAction();
            best = took < best ? took : best;
        }

        return (calls, best);
    }
}
