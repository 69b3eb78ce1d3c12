namespace ESign.Tsa;

/// <summary>Where a timestamp authority gets its serial numbers from.</summary>
/// <remarks>RFC 3161 §2.4.2: unique for each token of an authority, also after a crash or beside another process.</remarks>
public interface ISerialNumberSource
{
    /// <summary>Gives a serial number that was never given before.</summary>
    /// <param name="cancellationToken">Cancels the wait for a store.</param>
    /// <returns>The content octets of a positive, minimal DER INTEGER of at most 20 octets.</returns>
    ValueTask<ReadOnlyMemory<byte>> NextAsync(CancellationToken cancellationToken = default);
}
