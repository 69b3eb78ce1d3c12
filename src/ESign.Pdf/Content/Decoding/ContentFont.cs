namespace ESign.Pdf.Content.Decoding;

/// <summary>A font as text extraction needs it: codes to Unicode and metrics, never outlines.</summary>
/// <remarks>ISO 32000-2 §9.6 (simple fonts), §9.7 (composite fonts), §9.10 (extraction of text content).</remarks>
internal abstract class ContentFont
{
    protected ContentFont(bool isVertical, FontExtent extent)
    {
        IsVertical = isVertical;
        Extent = extent;
    }

    /// <summary>Whether text runs from top to bottom (WMode 1).</summary>
    public bool IsVertical { get; }

    /// <summary>How far glyphs reach above and below the baseline.</summary>
    public FontExtent Extent { get; }

    /// <summary>The size of an em where that is not 1: glyphs of a Type 3 font may have any size in its text space.</summary>
    public double Em { get; protected init; } = 1;

    /// <summary>Reads the code at the start of the bytes.</summary>
    /// <param name="text">The rest of a shown string; never empty.</param>
    /// <param name="glyph">What the code means.</param>
    /// <returns>The number of bytes the code takes, at least one.</returns>
    public abstract int Read(ReadOnlySpan<byte> text, out DecodedGlyph glyph);
}
