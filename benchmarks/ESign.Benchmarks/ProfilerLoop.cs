using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace ESign.Benchmarks;

/// <summary>Calls one benchmark over and over while a profiler watches: <c>dotnet-trace collect -- dotnet ESign.Benchmarks.dll --loop VerifyBenchmarks.One 5</c>.</summary>
internal static class ProfilerLoop
{
    public static void Run(string row, TimeSpan duration)
    {
        string[] names = row.Split('.');
        Type type = typeof(ProfilerLoop).Assembly.GetType($"{typeof(ProfilerLoop).Namespace}.{names[0]}", throwOnError: true)!;
        object instance = Activator.CreateInstance(type)!;
        Call<GlobalSetupAttribute>(instance);
        try
        {
            MethodInfo work = type.GetMethod(names[1])!;
            double best = double.MaxValue;
            TimeSpan total = TimeSpan.Zero;
            TimeSpan processor = TimeSpan.Zero;
            double leastProcessor = double.MaxValue;
            long calls = 0;
            long start = Stopwatch.GetTimestamp();
            for (; Stopwatch.GetElapsedTime(start) < duration; calls++)
            {
                long call = Stopwatch.GetTimestamp();
                TimeSpan used = Environment.CpuUsage.TotalTime;
                work.Invoke(instance, null);
                TimeSpan took = Stopwatch.GetElapsedTime(call);
                best = Math.Min(best, took.TotalMicroseconds);
                total += took;
                TimeSpan busy = Environment.CpuUsage.TotalTime - used;
                processor += busy;
                leastProcessor = Math.Min(leastProcessor, busy.TotalMicroseconds);
                Call<IterationCleanupAttribute>(instance);
            }

            double mean = total.TotalMicroseconds / calls;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row}: {calls} calls, mean {mean:0.0} µs, best {best:0.0} µs, processor {processor.TotalMicroseconds / calls:0.0} µs, least {leastProcessor:0.0} µs"));
        }
        finally
        {
            Call<GlobalCleanupAttribute>(instance);
        }
    }

    private static void Call<TAttribute>(object instance)
        where TAttribute : Attribute
    {
        foreach (MethodInfo method in instance.GetType().GetMethods().Where(method => method.IsDefined(typeof(TAttribute))))
        {
            method.Invoke(instance, null);
        }
    }
}
