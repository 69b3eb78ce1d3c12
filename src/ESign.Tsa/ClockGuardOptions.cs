namespace ESign.Tsa;

/// <summary>When a <see cref="ClockGuard"/> lets times out.</summary>
public sealed record ClockGuardOptions
{
    /// <summary>How long a successful measurement vouches for the clock. Default: 5 minutes; measure more often than that.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How far the clock may be from UTC. Default: half a second. Policies with a finer accuracy narrow it.</summary>
    public TimeSpan MaximumError { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How fast the clock may drift while a lease lasts, in parts per million: added to its error. Default: 100, a poor crystal.</summary>
    public int DriftPartsPerMillion { get; init; } = 100;

    /// <summary>How many sources must agree. Default: a majority of those given.</summary>
    public int? RequiredAgreement { get; init; }

    /// <summary>How long before and after a leap second nothing is let out. Default: 1.01 seconds, so that no stated time can be ambiguous.</summary>
    public TimeSpan LeapPause { get; init; } = TimeSpan.FromMilliseconds(1010);
}
