using BenchmarkDotNet.Running;
using ESign.Benchmarks;

// --quick: ratios and allocations in a few seconds, for every change; otherwise BenchmarkDotNet's own arguments.
return args is ["--quick", ..]
    ? QuickCheck.Run(Console.Out)
    : BenchmarkSwitcher.FromAssembly(typeof(SignBenchmarks).Assembly).Run(args).Any() ? 0 : 1;
