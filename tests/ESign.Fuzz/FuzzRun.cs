using System.Diagnostics;
using System.Globalization;

namespace ESign.Fuzz;

/// <summary>One seed after the other until the time is over; whatever is no answer, too slow or too large is kept.</summary>
/// <param name="inputs">What is mutated.</param>
/// <param name="keep">Where defects are kept.</param>
/// <param name="log">Where progress goes.</param>
internal sealed class FuzzRun(FuzzInputs inputs, string keep, TextWriter log)
{
    /// <summary>Of processor time: neighbours must not make defects.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    /// <summary>What one input may leave behind, and all of them.</summary>
    private const long MaxGrowth = 150 << 20;

    private readonly SortedDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly Process _process = Process.GetCurrentProcess();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _longest;
    private long _count;
    private int _defects;
    private long _baseline;

    /// <returns>The number of defects.</returns>
    public int Run(TimeSpan time, ulong first)
    {
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{inputs.Files.Count} files, {inputs.Samples.Sum(kind => kind.Count())} pieces of files"));
        _baseline = GC.GetTotalMemory(forceFullCollection: true);
        TimeSpan nextReport = TimeSpan.FromMinutes(1);
        ulong seed = first;
        for (; _clock.Elapsed < time; seed++, _count++)
        {
            RunOne(seed);
            if (_clock.Elapsed > nextReport)
            {
                nextReport += TimeSpan.FromMinutes(1);
                Progress(seed);
            }
        }

        Progress(seed);
        foreach ((string outcome, int times) in _outcomes)
        {
            log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {outcome}: {times}"));
        }

        return _defects;
    }

    private void RunOne(ulong seed)
    {
        FuzzCase one = FuzzCase.Of(seed, inputs);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        string outcome;
        try
        {
            outcome = one.Run();
        }
        catch (Exception e)
        {
            outcome = "DEFECT " + e.GetType().Name;
            Report(one, seed, e.ToString());
        }

        TimeSpan taken = Environment.CpuUsage.TotalTime - before;
        _longest = taken > _longest ? taken : _longest;
        if (taken > Slow)
        {
            Report(one, seed, string.Create(CultureInfo.InvariantCulture, $"took {taken.TotalSeconds:0.0} s of processor time"));
        }

        if (GC.GetTotalMemory(forceFullCollection: false) > _baseline + (2 * MaxGrowth) && GC.GetTotalMemory(forceFullCollection: true) > _baseline + MaxGrowth)
        {
            Report(one, seed, "memory has grown and stays so");
            _baseline = GC.GetTotalMemory(forceFullCollection: true);
        }

        _outcomes[outcome] = _outcomes.GetValueOrDefault(outcome) + 1;
    }

    private void Progress(ulong seed)
    {
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        _process.Refresh();
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_clock.Elapsed.TotalSeconds:0} s, {_count} inputs, next seed {seed}, {_defects} defects, longest {_longest.TotalMilliseconds:0} ms of processor time, heap {heap >> 20} MB (at first {_baseline >> 20}), peak {_process.PeakWorkingSet64 >> 20} MB"));
        log.Flush();
    }

    private void Report(FuzzCase one, ulong seed, string what)
    {
        _defects++;
        Directory.CreateDirectory(keep);
        string path = Path.Combine(keep, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}{one.Extension}"));
        File.WriteAllBytes(path, one.Input);
        log.WriteLine($"{path}: {what}");
    }
}
