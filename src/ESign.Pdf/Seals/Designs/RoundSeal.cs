using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A round seal: ring, name over the top, star, a horizontal line in special seals, code along the bottom.</summary>
/// <remarks>Proportions are those of a 42 mm seal (ring 1.2 mm, star 14 mm across) and scale with the diameter.</remarks>
internal sealed record RoundSeal : SealDesign
{
    private readonly string _name;
    private readonly string _horizontalText;
    private readonly string? _code;
    private readonly string? _bottomText;
    private readonly double _diameter;
    private readonly string _kind;

    public RoundSeal(string name, string horizontalText, string? code, string? bottomText, SealSize size, string kind)
    {
        _name = SealText.Name(name);
        _horizontalText = SealText.HorizontalText(horizontalText);
        _code = SealText.Code(code);
        _bottomText = SealText.BottomText(bottomText);
        _kind = kind;
        _diameter = SealText.Size(
            size, SealSize.Round(38), SealSize.Round(40), SealSize.Round(42), SealSize.Round(45), SealSize.Round(50), SealSize.Round(58)).WidthMillimeters;
    }

    internal override string AlternateText => $"{_name} {_kind}";

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        double k = _diameter / 42;
        var canvas = new SealCanvas(_diameter, _diameter, Color, font);
        canvas.Ring(1.2 * k);
        bool hasLine = _horizontalText.Length > 0;
        string? arc = _code ?? _bottomText;
        double widestSweep = hasLine ? 238 : arc is null ? 290 : 278;
        canvas.NameArc(_name, 2.1 * k, 6.2 * k, 3.1 * k, widestSweep / 360);
        canvas.Star(hasLine ? 0.9 * k : 0, (hasLine ? 6.2 : 7) * k);
        if (hasLine)
        {
            bool hasSecondLine = _code is not null && _bottomText is not null;
            canvas.Line(_horizontalText, (hasSecondLine ? -8.4 : -9.6) * k, 4.6 * k, 24 * k);
            if (hasSecondLine)
            {
                canvas.Line(_bottomText!, -13.2 * k, 2.8 * k, 15 * k);
            }
        }

        if (arc is not null)
        {
            canvas.BottomArc(arc, 1.9 * k, (_code is null ? 2.6 : 1.8) * k, (hasLine ? 95 : 66) / 360d);
        }

        return canvas.ToDrawing();
    }
}
