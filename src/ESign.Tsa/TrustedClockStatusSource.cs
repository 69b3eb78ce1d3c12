namespace ESign.Tsa;

/// <summary>A clock that whoever runs the process declares to be right, for example because the machine has a receiver of its own.</summary>
/// <param name="uncertainty">How far the declared clock may be off.</param>
public sealed class TrustedClockStatusSource(TimeSpan uncertainty) : IClockStatusSource
{
    /// <inheritdoc/>
    public string Name => "declared";

    /// <inheritdoc/>
    public ValueTask<ClockStatus> ReadAsync(CancellationToken cancellationToken = default) =>
        new(new ClockStatus(IsSynchronized: true, TimeSpan.Zero, uncertainty, LeapSecond.None, "declared by the operator"));
}
