using ESign.Pdf.Fonts;

namespace ESign.Pdf.Seals.Drawing;

/// <summary>Draws the parts of a seal: millimetres, origin in the centre, y up.</summary>
/// <remarks>国发〔1999〕25号: a star in the centre, the name around it from left to right. Sizes in guides of seal makers.</remarks>
internal sealed class SealCanvas(double width, double height, SealColor color, TrueTypeFont font)
{
    /// <summary>The narrowest a character becomes before it also becomes lower.</summary>
    private const double NarrowestCharacter = 0.55;

    /// <summary>The widest a character is drawn against its height; seal characters stand slim.</summary>
    private const double WidestCharacter = 0.84;

    /// <summary>Cut characters are bolder than printed ones: the outline gains this part of the character's width.</summary>
    private const double Boldness = 0.035;

    /// <summary>How far an outline may move to be drawn with fewer curves: 8 µm, a fifth of a 600 dpi printer's dot.</summary>
    private const double Precision = 0.008;

    private readonly List<PaintedPath> _paths = [];

    public void Ring(double thickness, double inset = 0)
    {
        double x = (width / 2) - inset;
        double y = (height / 2) - inset;
        Fill(VectorPath.Ellipse(0, 0, x, y).Add(VectorPath.Ellipse(0, 0, x - thickness, y - thickness)), evenOdd: true);
    }

    public void Frame(double thickness, double cornerRadius)
    {
        double x = width / 2;
        double y = height / 2;
        Fill(RoundedRectangle(x, y, cornerRadius).Add(RoundedRectangle(x - thickness, y - thickness, Math.Max(0, cornerRadius - (thickness / 2)))), evenOdd: true);
    }

    public void Star(double y, double radius) => Fill(VectorPath.Star(0, y, radius));

    /// <summary>
    /// The name over the top, from lower left to lower right, characters standing outwards. Few characters take their
    /// natural spacing; more of them first move closer, then grow slimmer, then lower.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="inset">The distance of the characters' heads from the edge of the seal.</param>
    /// <param name="maximumHeight">The height of a character where there is room.</param>
    /// <param name="minimumHeight">The height below which characters only grow slimmer.</param>
    /// <param name="widestSweep">The part of the circumference the name may take, 0 to 1.</param>
    public void NameArc(string text, double inset, double maximumHeight, double minimumHeight, double widestSweep)
    {
        List<InkGlyph> glyphs = InkGlyph.Of(text, font);
        double ems = glyphs.Sum(g => g.Advance);

        // Measured on seals of makers: 4 characters take 130°, 8 take 200°, from 12 on the whole arc.
        double sweep = Math.Min(widestSweep, (60 + (17.5 * ems)) / 360);
        double characterHeight = maximumHeight;
        double pitch = PitchAtFoot(characterHeight);
        while (pitch < NarrowestCharacter * characterHeight && characterHeight > minimumHeight)
        {
            characterHeight = Math.Max(minimumHeight, characterHeight - 0.05);
            pitch = PitchAtFoot(characterHeight);
        }

        double characterWidth = Math.Min(WidestCharacter * characterHeight, pitch);
        var middle = new EllipseArc((width / 2) - inset - (characterHeight / 2), (height / 2) - inset - (characterHeight / 2));
        double slot = middle.Length * sweep / ems;
        double position = -slot * ems / 2;
        foreach (InkGlyph glyph in glyphs)
        {
            position += slot * glyph.Advance / 2;
            (PdfPoint point, double lean) = middle.FromTop(position);
            Place(glyph, point, lean, characterWidth, characterHeight);
            position += slot * glyph.Advance / 2;
        }

        double PitchAtFoot(double h)
        {
            // Three quarters down the character: where neighbours would touch first.
            double rx = (width / 2) - inset - (0.75 * h);
            double ry = (height / 2) - inset - (0.75 * h);
            return new EllipseArc(rx, ry).Length * sweep / ems * 0.94;
        }
    }

    /// <summary>Small text along the bottom, left to right, heads towards the centre: the seal code.</summary>
    public void BottomArc(string text, double inset, double characterHeight, double widestSweep)
    {
        List<InkGlyph> glyphs = InkGlyph.Of(text, font);
        double ems = glyphs.Sum(g => g.Advance);
        var middle = new EllipseArc((width / 2) - inset - (characterHeight / 2), (height / 2) - inset - (characterHeight / 2));
        double slot = Math.Min(1.32 * characterHeight, middle.Length * widestSweep / ems);
        double characterWidth = Math.Min(characterHeight * 1.1, slot * 0.95);
        double position = (middle.Length / 2) + (slot * ems / 2);
        foreach (InkGlyph glyph in glyphs)
        {
            position -= slot * glyph.Advance / 2;
            (PdfPoint point, double lean) = middle.FromTop(position);
            Place(glyph, point, lean + Math.PI, characterWidth, characterHeight);
            position -= slot * glyph.Advance / 2;
        }
    }

    /// <summary>One horizontal line centred at a height: first its spacing shrinks, then its width, then its height.</summary>
    public void Line(string text, double y, double characterHeight, double maximumWidth, double spacing = 0.12, double narrow = 0.8)
    {
        List<InkGlyph> glyphs = InkGlyph.Of(text, font);
        double ems = glyphs.Sum(g => g.Advance);
        double tallest = characterHeight;
        double slot = Math.Min(tallest * narrow * (1 + spacing), maximumWidth / ems);
        double characterWidth = Math.Min(tallest * narrow, slot * 0.97);
        tallest = Math.Min(tallest, characterWidth / NarrowestCharacter);
        double x = -slot * ems / 2;
        foreach (InkGlyph glyph in glyphs)
        {
            Place(glyph, new PdfPoint(x + (slot * glyph.Advance / 2), y), 0, characterWidth, tallest);
            x += slot * glyph.Advance;
        }
    }

    /// <summary>A character stretched so that its ink fills a cell: the way of square name seals.</summary>
    public void Cell(string character, PdfRectangle cell)
    {
        InkGlyph glyph = InkGlyph.Of(character, font)[0];
        if (glyph.Path.IsEmpty)
        {
            return;
        }

        // A stroke such as 一 or · keeps its own thinness instead of being blown up to fill the cell.
        double inkWidth = Math.Max(glyph.Ink.Width, 0.7);
        double inkHeight = Math.Max(glyph.Ink.Height, 0.7);
        double centreX = (glyph.Ink.Left + glyph.Ink.Right) / 2;
        double centreY = (glyph.Ink.Bottom + glyph.Ink.Top) / 2;
        Fill(CurveFitter.Simplify(glyph.Path.Transform(PdfMatrix.Translation(-centreX, -centreY)
            .Then(PdfMatrix.Scaling(cell.Width / inkWidth, cell.Height / inkHeight))
            .Then(PdfMatrix.Translation((cell.Left + cell.Right) / 2, (cell.Bottom + cell.Top) / 2))), Precision), Math.Min(cell.Width, cell.Height) * Boldness);
    }

    /// <summary>The finished drawing in points, its origin at the lower left.</summary>
    public VectorDrawing ToDrawing()
    {
        double points = Length.FromMillimeters(1).Points;
        PdfMatrix matrix = PdfMatrix.Translation(width / 2, height / 2).Then(PdfMatrix.Scaling(points, points));
        return new VectorDrawing(width * points, height * points, [.. _paths.Select(p => p with { Path = p.Path.Transform(matrix), StrokeWidth = p.StrokeWidth * points })]);
    }

    private static VectorPath RoundedRectangle(double x, double y, double r)
    {
        double k = r * 0.4477;
        return new VectorPath()
            .MoveTo(-x + r, -y).LineTo(x - r, -y).CurveTo(x - k, -y, x, -y + k, x, -y + r)
            .LineTo(x, y - r).CurveTo(x, y - k, x - k, y, x - r, y)
            .LineTo(-x + r, y).CurveTo(-x + k, y, -x, y - k, -x, y - r)
            .LineTo(-x, -y + r).CurveTo(-x, -y + k, -x + k, -y, -x + r, -y).Close();
    }

    private void Place(InkGlyph glyph, PdfPoint centre, double lean, double characterWidth, double characterHeight) =>
        Fill(CurveFitter.Simplify(glyph.Path.Transform(PdfMatrix.Translation(-glyph.Advance / 2, -InkGlyph.Middle)
            .Then(PdfMatrix.Scaling(characterWidth, characterHeight))
            .Then(PdfMatrix.Rotation(lean))
            .Then(PdfMatrix.Translation(centre.X, centre.Y))), Precision), characterWidth * Boldness);

    private void Fill(VectorPath path, double strokeWidth = 0, bool evenOdd = false)
    {
        if (!path.IsEmpty)
        {
            _paths.Add(new PaintedPath(path, color, strokeWidth, evenOdd));
        }
    }
}
