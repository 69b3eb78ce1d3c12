using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A text repeated over the whole page, or once at a place of it.</summary>
internal sealed record WatermarkDesign(string Content, TextFormat Format, double Degrees, WatermarkLayout Layout) : TextDesign(Content, Format)
{
    private const double Margin = 24;

    internal override ControlSize DefaultSize => new(595, 842);

    protected override IReadOnlyList<PositionedText> Texts(double width, double height, TrueTypeFont font)
    {
        double size = Format.FontSize;
        double length = font.Measure(Content, size);
        PdfMatrix turn = PdfMatrix.Translation(-length / 2, -0.38 * size).Then(PdfMatrix.Rotation(Degrees * Math.PI / 180));
        (double sin, double cos) = Math.SinCos(Degrees * Math.PI / 180);
        double halfWidth = ((Math.Abs(cos) * length) + (Math.Abs(sin) * size)) / 2;
        double halfHeight = ((Math.Abs(sin) * length) + (Math.Abs(cos) * size)) / 2;
        if (Layout is not (WatermarkLayout.Repeated or WatermarkLayout.Loose or WatermarkLayout.Dense))
        {
            double x = Layout is WatermarkLayout.LeftTop or WatermarkLayout.LeftBottom ? Margin + halfWidth
                : Layout is WatermarkLayout.Center ? width / 2 : width - Margin - halfWidth;
            double y = Layout is WatermarkLayout.LeftBottom or WatermarkLayout.RightBottom ? Margin + halfHeight
                : Layout is WatermarkLayout.Center ? height / 2 : height - Margin - halfHeight;
            return [new PositionedText(Content, turn.Then(PdfMatrix.Translation(x, y)), size)];
        }

        double gap = Layout switch { WatermarkLayout.Loose => 120, WatermarkLayout.Dense => 30, _ => 64 };
        double stepX = (2 * halfWidth) + gap;
        double stepY = (2 * halfHeight) + gap;
        var texts = new List<PositionedText>();
        for (double y = stepY / 2; y < height + (stepY / 2); y += stepY)
        {
            for (double x = stepX / 2; x < width + (stepX / 2); x += stepX)
            {
                texts.Add(new PositionedText(Content, turn.Then(PdfMatrix.Translation(x, y)), size));
            }
        }

        return texts;
    }
}
