using ESign.Pki.Keys;

namespace ESign.Pki.Timestamping;

/// <summary>Something that makes timestamps: an authority in this process or across the network.</summary>
public interface ITimestampSource
{
    /// <summary>How many bytes a token of this source takes at most, as far as it knows: what a signer reserves.</summary>
    int MaximumTokenSize { get; }

    /// <summary>Gets a timestamp over a digest.</summary>
    /// <param name="algorithm">How the imprint was computed.</param>
    /// <param name="imprint">The digest of what is to be stamped.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A token that stamps the imprint and is intact.</returns>
    /// <exception cref="TimestampUnavailableException">No token could be had.</exception>
    ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default);
}
