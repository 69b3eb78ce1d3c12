using System.Globalization;

namespace ESign.Cli.Progress;

/// <summary>One line of a terminal that says how far a long task is, and is gone when it ends.</summary>
/// <remarks>
/// A task of known size shows a bar; small ones show nothing. One that waits for others shows for how long. Nothing is ever
/// written where standard error is no terminal.
/// </remarks>
internal sealed class ProgressLine : IProgress<long>, IDisposable
{
    /// <summary>What is shorter is done before it can be read: 8 MB take some 20 milliseconds.</summary>
    public const long SmallestTotal = 8 << 20;

    private const int Cells = 28;
    private const string Erase = "\r\u001b[K";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter? _terminal;
    private readonly TimeProvider _clock;
    private readonly string _task;
    private readonly long _total;
    private readonly long _started;
    private readonly ITimer? _timer;
    private readonly Lock _writing = new();
    private long _drawn;
    private bool _isShown;

    private ProgressLine(TextWriter? terminal, TimeProvider clock, string task, long total)
    {
        _terminal = terminal;
        _clock = clock;
        _task = task;
        _total = total;
        _started = clock.GetTimestamp();
        _timer = terminal is not null && total == 0 ? clock.CreateTimer(_ => ShowWaiting(), null, s_patience, s_patience) : null;
    }

    /// <summary>A task of so many bytes.</summary>
    /// <param name="terminal">Standard error where it is a terminal; null shows nothing.</param>
    /// <param name="clock">Decides how often the line is drawn anew.</param>
    /// <param name="task">What is being done.</param>
    /// <param name="total">How many bytes there are to do.</param>
    public static ProgressLine OfBytes(TextWriter? terminal, TimeProvider clock, string task, long total) =>
        new(total >= SmallestTotal ? terminal : null, clock, task, total);

    /// <summary>A task whose end is not known: it shows how long it has been waited for, from the first second on.</summary>
    public static ProgressLine OfTime(TextWriter? terminal, TimeProvider clock, string task) => new(terminal, clock, task, total: 0);

    /// <summary>The same file, its reading shown; the file itself where nothing is.</summary>
    public Stream Watch(Stream file) => _terminal is null ? file : new CountingStream(file, this);

    /// <summary>So many bytes are done.</summary>
    public void Report(long value)
    {
        lock (_writing)
        {
            if (_terminal is null || (_isShown && _clock.GetElapsedTime(_drawn) < s_refresh))
            {
                return;
            }

            double share = Math.Clamp(value / (double)_total, 0, 1);
            int full = (int)(share * Cells);
            Draw(string.Create(CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Cells - full)}] {share,4:0%}  {Megabytes(Math.Min(value, _total))} / {Megabytes(_total)} MB"));
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        lock (_writing)
        {
            if (_isShown)
            {
                _terminal!.Write(Erase);
                _terminal.Flush();
                _isShown = false;
            }
        }
    }

    private void ShowWaiting()
    {
        lock (_writing)
        {
            Draw(string.Create(CultureInfo.InvariantCulture, $"{_clock.GetElapsedTime(_started).TotalSeconds:0} s"));
        }
    }

    private void Draw(string state)
    {
        _terminal!.Write($"{Erase}{_task} {state}");
        _terminal.Flush();
        _drawn = _clock.GetTimestamp();
        _isShown = true;
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
}
