using System.Globalization;

namespace ESign.Tsa;

/// <summary>Lets the time out only while somebody vouches for it.</summary>
/// <remarks>
/// EN 319 421 §7.7.2: when the clock is out of the stated accuracy, or that cannot be told, no tokens are issued; leap seconds
/// are respected. A refresh that succeeds gives a lease; a lease ends by itself, by a jump of the clock, or by a refresh that
/// fails. Without a lease the guard fails closed. Thread-safe.
/// </remarks>
public sealed class ClockGuard
{
    private readonly IReadOnlyList<IClockStatusSource> _sources;
    private readonly ClockGuardOptions _options;
    private readonly TimeProvider _time;
    private readonly int _required;
    private volatile Lease _lease = Lease.None("The clock was never checked.");

    /// <summary>Makes a guard. It lets nothing out before the first <see cref="RefreshAsync"/>.</summary>
    /// <param name="sources">Who knows how well the clock agrees with UTC; at least one.</param>
    /// <param name="options">Limits; the defaults when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock that is guarded; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">There are no sources, or more agreement is required than there are sources.</exception>
    public ClockGuard(IReadOnlyList<IClockStatusSource> sources, ClockGuardOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _options = options ?? new ClockGuardOptions();
        _required = _options.RequiredAgreement ?? ((sources.Count / 2) + 1);
        if (sources.Count == 0 || _required < 1 || _required > sources.Count)
        {
            throw new ArgumentException($"{_required} of {sources.Count} clock sources cannot agree.", nameof(sources));
        }

        _sources = [.. sources];
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Whether the time would be let out now, at the guard's own limit.</summary>
    public bool IsInSync => TryGetUtcNow(_options.MaximumError, out _, out _);

    /// <summary>Asks all sources and renews the lease, or ends it. Call it several times per lease.</summary>
    /// <param name="cancellationToken">Cancels the wait; the lease that lasts then lasts on.</param>
    /// <returns>What each source answered, for the log that EN 319 421 §7.7.2 requires.</returns>
    public async ValueTask<IReadOnlyList<ClockStatus>> RefreshAsync(CancellationToken cancellationToken = default)
    {
        var readings = new ClockStatus[_sources.Count];
        for (int i = 0; i < readings.Length; i++)
        {
            readings[i] = await ReadAsync(_sources[i], cancellationToken).ConfigureAwait(false);
        }

        _lease = Judge(readings);
        return readings;
    }

    /// <summary>Gets the time, if it can be vouched for.</summary>
    /// <param name="accuracy">How exact it has to be; the guard's own limit applies as well.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="doubt">Why it is not let out.</param>
    /// <returns>Whether the time may be stated.</returns>
    public bool TryGetUtcNow(TimeSpan accuracy, out DateTimeOffset now, out string doubt)
    {
        Lease lease = _lease;
        now = _time.GetUtcNow();
        doubt = lease.Doubt ?? Doubt(lease, accuracy < _options.MaximumError ? accuracy : _options.MaximumError, now);
        return doubt.Length == 0;
    }

    private static async ValueTask<ClockStatus> ReadAsync(IClockStatusSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return ClockStatus.Unsynchronized($"{source.Name}: {exception.Message}"); // a source that breaks is a source that does not vouch
        }
    }

    private Lease Judge(ClockStatus[] readings)
    {
        ClockStatus[] good = [.. readings.Where(reading => reading.IsSynchronized && reading.Uncertainty >= TimeSpan.Zero && reading.WorstError <= _options.MaximumError)];
        if (good.Length < _required)
        {
            return Lease.None($"{good.Length} of {readings.Length} clock sources vouch for the clock; {_required} are needed.");
        }

        // The sources that vouch must not contradict each other: their intervals have a point in common (RFC 5905 §11.2.1).
        TimeSpan low = good.Max(static reading => reading.Offset - reading.Uncertainty);
        TimeSpan high = good.Min(static reading => reading.Offset + reading.Uncertainty);
        if (low > high)
        {
            return Lease.None("The clock sources contradict each other.");
        }

        // One announcement is enough: a pause too many costs two seconds, one too few a wrong time.
        LeapSecond leap = good.Select(static reading => reading.Leap).FirstOrDefault(static leap => leap != LeapSecond.None);
        return new Lease(Doubt: null, _time.GetTimestamp(), _time.GetUtcNow(), good.Max(static reading => reading.WorstError), leap);
    }

    private string Doubt(Lease lease, TimeSpan limit, DateTimeOffset now)
    {
        TimeSpan elapsed = _time.GetElapsedTime(lease.Timestamp);
        if (elapsed > _options.Lease)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The clock was last checked {elapsed.TotalSeconds:0} s ago; a check holds for {_options.Lease.TotalSeconds:0} s.");
        }

        // A step of the wall clock against the monotonic one is error too, whoever made it
        TimeSpan jump = (now - lease.WallClock - elapsed).Duration();
        TimeSpan error = lease.Error + jump + (elapsed * (_options.DriftPartsPerMillion / 1e6));
        if (error > limit)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The clock may be wrong by {error.TotalMilliseconds:0} ms; the limit is {limit.TotalMilliseconds:0} ms.");
        }

        return lease.Leap != LeapSecond.None && IsNearEndOfMonth(now) ? "A leap second is near." : "";
    }

    // Leap seconds come at the end of a UTC month (ITU-R TF.460-6 §2.1).
    private bool IsNearEndOfMonth(DateTimeOffset now)
    {
        DateTimeOffset nearest = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return (now - nearest).Duration() <= _options.LeapPause || (nearest.AddMonths(1) - now).Duration() <= _options.LeapPause;
    }

    /// <param name="Doubt">Why there is no lease, or null.</param>
    /// <param name="Timestamp">The monotonic time of the check.</param>
    /// <param name="WallClock">The wall-clock time of the check.</param>
    /// <param name="Error">How far the clock may have been off at the check.</param>
    /// <param name="Leap">An announced leap second.</param>
    private sealed record Lease(string? Doubt, long Timestamp, DateTimeOffset WallClock, TimeSpan Error, LeapSecond Leap)
    {
        public static Lease None(string doubt) => new(doubt, 0, default, TimeSpan.Zero, LeapSecond.None);
    }
}
