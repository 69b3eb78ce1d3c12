namespace ESign.Pdf.Fonts;

/// <summary>A glyph's shape in em units: origin at the left end of the baseline, y up, filled by the non-zero rule.</summary>
internal sealed class GlyphOutline
{
    public GlyphOutline(IReadOnlyList<OutlineSegment> segments, double advance, PdfRectangle bounds)
    {
        Segments = segments;
        Advance = advance;
        Bounds = bounds;
    }

    /// <summary>The closed paths: each starts with a move and ends with a close; curves are cubic.</summary>
    public IReadOnlyList<OutlineSegment> Segments { get; }

    /// <summary>The advance width.</summary>
    public double Advance { get; }

    /// <summary>The box around all points, control points included; empty at the origin for a glyph without ink.</summary>
    public PdfRectangle Bounds { get; }
}
