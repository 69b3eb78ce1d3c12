using ESign.Pdf.Document;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>Makes what goes into <c>/Contents</c>: one kind per family of <c>/SubFilter</c>.</summary>
internal abstract class SignatureValueMaker
{
    public abstract SignatureAlgorithm Algorithm { get; }

    /// <summary>An upper bound for the size of a value.</summary>
    /// <param name="timestampSize">The size of the timestamp token; 0 without one.</param>
    public abstract int MaximumSize(int timestampSize);

    /// <summary>Prepares the value of a revision.</summary>
    /// <param name="digest">The digest of the covered bytes by <see cref="Algorithm"/>'s digest algorithm.</param>
    /// <param name="range">The covered bytes.</param>
    /// <param name="claimedTime">The claimed time of signing.</param>
    public abstract PendingValue Prepare(ReadOnlySpan<byte> digest, ByteRange range, DateTimeOffset claimedTime);
}
