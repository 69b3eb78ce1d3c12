using System.Text;
using ESign.Pdf.Fonts;

namespace ESign.Pdf.Seals.Drawing;

/// <summary>A character as a path in em units, origin on the baseline, with its advance width.</summary>
internal sealed record InkGlyph(VectorPath Path, PdfRectangle Ink, double Advance)
{
    /// <summary>The height of the middle of a Chinese character's square above the baseline, in em.</summary>
    public const double Middle = 0.38;

    /// <summary>The glyphs of a text, one for each character.</summary>
    /// <exception cref="MissingGlyphException">The font lacks a character.</exception>
    public static List<InkGlyph> Of(string text, TrueTypeFont font)
    {
        var glyphs = new List<InkGlyph>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            GlyphOutline outline = font.GetOutline(rune.Value);
            glyphs.Add(new InkGlyph(ToPath(outline), outline.Bounds, outline.Advance));
        }

        return glyphs;
    }

    private static VectorPath ToPath(GlyphOutline outline)
    {
        var path = new VectorPath();
        foreach (OutlineSegment s in outline.Segments)
        {
            _ = s.Verb switch
            {
                OutlineVerb.MoveTo => path.MoveTo(s.P1.X, s.P1.Y),
                OutlineVerb.LineTo => path.LineTo(s.P1.X, s.P1.Y),
                OutlineVerb.CurveTo => path.CurveTo(s.P1.X, s.P1.Y, s.P2.X, s.P2.Y, s.P3.X, s.P3.Y),
                _ => path.Close(),
            };
        }

        return path;
    }
}
