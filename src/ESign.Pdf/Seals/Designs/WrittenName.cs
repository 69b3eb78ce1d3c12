using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A name in slanted characters that dance a little on their line, standing for a handwritten signature.</summary>
internal sealed record WrittenName(string Name) : SealDesign
{
    private const double Height = 43;
    private const double Size = 32;

    /// <summary>How far an outline may move to be drawn with fewer curves, in points.</summary>
    private const double Precision = 0.02;

    /// <summary>The slant of running script, about 12°.</summary>
    private const double Slant = 0.21;

    internal override string AlternateText => $"{Name} 签名";

    internal override ControlSize DefaultSize => ControlSize.Signature;

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        List<InkGlyph> glyphs = InkGlyph.Of(Name, font);
        var paths = new List<PaintedPath>();
        double x = Size * 0.2;
        for (int i = 0; i < glyphs.Count; i++)
        {
            double swing = Math.Sin((i * 2.4) + 0.7);
            double size = Size * (1 - (0.07 * (i % 2)) + (0.03 * swing));
            PdfMatrix matrix = PdfMatrix.Translation(-glyphs[i].Advance / 2, -InkGlyph.Middle)
                .Then(new PdfMatrix(size * 0.92, 0, Slant * size, size, 0, 0))
                .Then(PdfMatrix.Rotation(0.05 * swing))
                .Then(PdfMatrix.Translation(x + (glyphs[i].Advance * size / 2), (Height / 2) + (1.2 * swing)));
            paths.Add(new PaintedPath(CurveFitter.Simplify(glyphs[i].Path.Transform(matrix), Precision), Color, size * 0.018));
            x += glyphs[i].Advance * size * 0.93;
        }

        return new VectorDrawing(x + (Size * 0.25), Height, paths);
    }
}
