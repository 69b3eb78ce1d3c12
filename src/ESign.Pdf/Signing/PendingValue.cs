using ESign.Pki.Timestamping;

namespace ESign.Pdf.Signing;

/// <summary>A signature value that waits for its key.</summary>
/// <param name="BytesToSign">What the key has to sign; it hashes for itself.</param>
/// <param name="Complete">Puts the value together from what the key made and the timestamp over it, if any.</param>
internal sealed record PendingValue(ReadOnlyMemory<byte> BytesToSign, Func<byte[], TimestampToken?, byte[]> Complete);
