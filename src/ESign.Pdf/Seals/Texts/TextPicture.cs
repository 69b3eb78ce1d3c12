using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Texts;

/// <summary>Text set in a box of given size, y up.</summary>
internal sealed record TextPicture(double Width, double Height, IReadOnlyList<PositionedText> Texts, SealColor Color)
{
    /// <summary>Bold characters gain this part of their size in width.</summary>
    private const double BoldStroke = 0.03;

    public bool IsBold { get; init; }

    public double Opacity { get; init; } = 1;

    public static double StrokeWidth(PositionedText text) => text.Size * BoldStroke;

    /// <summary>The same picture with characters as outlines, for SVG.</summary>
    public VectorDrawing ToDrawing(TrueTypeFont font)
    {
        var paths = new List<PaintedPath>();
        foreach (PositionedText text in Texts)
        {
            double x = 0;
            foreach (InkGlyph glyph in InkGlyph.Of(text.Text, font))
            {
                PdfMatrix matrix = new PdfMatrix(text.Size, 0, 0, text.Size, x, 0).Then(text.Matrix);
                if (!glyph.Path.IsEmpty)
                {
                    paths.Add(new PaintedPath(glyph.Path.Transform(matrix), Color, IsBold ? StrokeWidth(text) : 0));
                }

                x += glyph.Advance * text.Size;
            }
        }

        return new VectorDrawing(Width, Height, paths) { Opacity = Opacity };
    }
}
