using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Tests.Verification;

/// <summary>Asks for more room than its tokens need.</summary>
internal sealed class RoomySource(ITimestampSource source, int more = 16_384) : ITimestampSource
{
    public int MaximumTokenSize => source.MaximumTokenSize + more;

    public ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default) =>
        source.GetTimestampAsync(algorithm, imprint, cancellationToken);
}
