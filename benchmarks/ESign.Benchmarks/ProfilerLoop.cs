using System.Diagnostics;
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
        foreach (MethodInfo setup in type.GetMethods().Where(method => method.IsDefined(typeof(GlobalSetupAttribute))))
        {
            setup.Invoke(instance, null);
        }

        MethodInfo work = type.GetMethod(names[1])!;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            work.Invoke(instance, null);
        }
    }
}
