namespace ESign.Pki.Transparency;

/// <summary>A checkpoint as a log keeps it.</summary>
/// <param name="Size">How many records it covers.</param>
/// <param name="Note">The signed note (<see cref="Checkpoint"/>).</param>
/// <param name="TimestampToken">An RFC 3161 token over the note's UTF-8 bytes; empty when it was not stamped.</param>
internal sealed record SavedCheckpoint(long Size, string Note, ReadOnlyMemory<byte> TimestampToken);
