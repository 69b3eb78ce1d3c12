using ESign.Pki.Keys;

namespace ESign.Pki.Timestamping;

/// <summary>Several sources, asked in order until one gives a token.</summary>
public sealed class FailoverTimestampSource : ITimestampSource
{
    private readonly ITimestampSource[] _sources;

    /// <summary>Makes a source of sources.</summary>
    /// <param name="sources">At least one, the preferred first.</param>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public FailoverTimestampSource(params IReadOnlyList<ITimestampSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.Count == 0)
        {
            throw new ArgumentException("At least one timestamp source is needed.", nameof(sources));
        }

        _sources = [.. sources];
    }

    /// <inheritdoc/>
    public int MaximumTokenSize => _sources.Max(static source => source.MaximumTokenSize);

    /// <inheritdoc/>
    /// <exception cref="TimestampUnavailableException">No source gave a token; the message names each with its reason.</exception>
    public async ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default)
    {
        var failures = new List<TimestampUnavailableException>();
        foreach (ITimestampSource source in _sources)
        {
            try
            {
                return await source.GetTimestampAsync(algorithm, imprint, cancellationToken).ConfigureAwait(false);
            }
            catch (TimestampUnavailableException exception)
            {
                failures.Add(exception);
            }
        }

        TimestampUnavailableException last = failures[^1];
        throw failures.Count == 1
            ? last
            : new TimestampUnavailableException(string.Join(" ", failures.Select(static failure => failure.Message)), last.Uri, last.StatusCode, new AggregateException(failures)) { FailureInfo = last.FailureInfo };
    }
}
