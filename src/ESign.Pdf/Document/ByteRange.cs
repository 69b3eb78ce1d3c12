using System.Globalization;

namespace ESign.Pdf.Document;

/// <summary>What a signature covers: everything from the start of the file to its end but the signature value itself.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.1: two spans, the first from 0 up to the <c>&lt;</c> of <c>/Contents</c>, the second from after its
/// <c>&gt;</c> to the end of the revision. 64 bits wide, so files beyond 2 GiB and 10 GB are covered.
/// </remarks>
/// <param name="FirstLength">The length of the span that starts at 0; the offset of the <c>&lt;</c>.</param>
/// <param name="SecondStart">The offset after the <c>&gt;</c>.</param>
/// <param name="SecondLength">The length of the second span.</param>
public readonly record struct ByteRange(long FirstLength, long SecondStart, long SecondLength)
{
    /// <summary>The offset after the last byte covered: the end of the signed revision.</summary>
    public long End => SecondStart + SecondLength;

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"[0 {FirstLength} {SecondStart} {SecondLength}]");
}
