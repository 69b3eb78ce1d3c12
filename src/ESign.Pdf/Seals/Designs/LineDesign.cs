using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals.Designs;

/// <summary>One line in the middle of its control.</summary>
internal sealed record LineDesign(string Content, TextFormat Format) : TextDesign(Content, Format)
{
    internal override ControlSize DefaultSize => ControlSize.Date;

    protected override IReadOnlyList<PositionedText> Texts(double width, double height, TrueTypeFont font) => TextSetter.Line(Content, width, height, Format, font);
}
