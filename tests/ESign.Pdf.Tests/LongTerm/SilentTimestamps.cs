using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Tests.LongTerm;

/// <summary>A timestamp authority that is out of service.</summary>
internal sealed class SilentTimestamps : ITimestampSource
{
    public int MaximumTokenSize => 4096;

    public ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default) =>
        throw new TimestampUnavailableException("https://tsa.example/ answered 503");
}
