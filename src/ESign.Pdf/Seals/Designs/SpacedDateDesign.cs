using System.Globalization;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A date as figures only, with gaps for the 年, 月 and 日 that are already printed on the form.</summary>
internal sealed record SpacedDateDesign(DateOnly Day, int GapAfterYear, int GapAfterMonth, TextFormat Format)
    : TextDesign(string.Create(CultureInfo.InvariantCulture, $"{Day.Year} {Day.Month} {Day.Day}"), Format)
{
    internal override ControlSize DefaultSize => ControlSize.Date;

    protected override IReadOnlyList<PositionedText> Texts(double width, double height, TrueTypeFont font)
    {
        string[] parts = Content.Split(' ');
        double[] gaps = [GapAfterYear, GapAfterMonth, 0];
        double ems = parts.Sum(p => font.Measure(p, 1)) + gaps.Sum();
        double size = Math.Min(Format.FontSize, Math.Min(height, width / ems));
        double x = Format.Alignment switch
        {
            HorizontalAlignment.Left => 0,
            HorizontalAlignment.Right => width - (ems * size),
            _ => (width - (ems * size)) / 2,
        };
        var texts = new List<PositionedText>();
        for (int i = 0; i < parts.Length; i++)
        {
            texts.Add(new PositionedText(parts[i], PdfMatrix.Translation(x, (height / 2) - (InkGlyph.Middle * size)), size));
            x += (font.Measure(parts[i], 1) + gaps[i]) * size;
        }

        return texts;
    }
}
