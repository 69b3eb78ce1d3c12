namespace ESign.Tsa.Tests;

/// <summary>A clock that a test moves. <see cref="Jump"/> moves the wall clock alone, as an operator's correction does.</summary>
internal sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _wall = start;
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _wall;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan by)
    {
        _wall += by;
        _ticks += by.Ticks;
    }

    public void Jump(TimeSpan by) => _wall += by;
}
