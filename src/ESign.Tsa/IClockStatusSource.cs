namespace ESign.Tsa;

/// <summary>Something that knows how well this machine's clock agrees with UTC.</summary>
public interface IClockStatusSource
{
    /// <summary>A name for logs.</summary>
    string Name { get; }

    /// <summary>Measures now.</summary>
    /// <param name="cancellationToken">Cancels the wait for an answer.</param>
    /// <returns>The measurement; <see cref="ClockStatus.Unsynchronized"/> when there is none.</returns>
    ValueTask<ClockStatus> ReadAsync(CancellationToken cancellationToken = default);
}
