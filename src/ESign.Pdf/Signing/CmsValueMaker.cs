using ESign.Pdf.Document;
using ESign.Pki.Cms;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>CMS: what is signed are the attributes, and among them the digest of the byte range (RFC 5652 §5.4).</summary>
internal sealed class CmsValueMaker(SignedDataBuilder builder) : SignatureValueMaker
{
    public override SignatureAlgorithm Algorithm => builder.Algorithm;

    public override int MaximumSize(int timestampSize) => builder.MaximumSize(timestampSize);

    public override PendingValue Prepare(ReadOnlySpan<byte> digest, ByteRange range, DateTimeOffset claimedTime)
    {
        PreparedSignedData prepared = builder.Prepare(digest);
        return new PendingValue(
            prepared.BytesToSign,
            (signature, token) => prepared.Complete(signature, token is null ? null : [PreparedSignedData.SignatureTimestamp(token.ToDer())]));
    }
}
