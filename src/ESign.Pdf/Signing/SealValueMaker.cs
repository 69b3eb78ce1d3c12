using ESign.Pdf.Document;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>A seal signature: data hash of the byte range, and the byte range itself as the property information.</summary>
/// <remarks>GB/T 38540-2020 <c>TBS_Sign</c>. Unlike PAdES it has the claimed time among what is signed.</remarks>
internal sealed class SealValueMaker(SealSignatureBuilder builder) : SignatureValueMaker
{
    /// <summary>Characters of a byte range whose numbers are as long as they can be.</summary>
    private static readonly int s_rangeLength = new ByteRange(long.MaxValue, long.MaxValue, long.MaxValue).ToString().Length;

    public override SignatureAlgorithm Algorithm => builder.Algorithm;

    public override int MaximumSize(int timestampSize) => builder.MaximumSize(timestampSize, s_rangeLength);

    public override PendingValue Prepare(ReadOnlySpan<byte> digest, ByteRange range, DateTimeOffset claimedTime)
    {
        byte[] toSign = builder.EncodeToSign(claimedTime, digest, range.ToString());
        return new PendingValue(toSign, (signature, token) => builder.Assemble(toSign, signature, token is null ? default : token.ToDer().Span));
    }
}
