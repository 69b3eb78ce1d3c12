using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals.Designs;

/// <summary>Text broken into lines from the top of its control.</summary>
internal sealed record ParagraphDesign(string Content, TextFormat Format) : TextDesign(Content, Format)
{
    internal override ControlSize DefaultSize => ControlSize.Signature;

    protected override IReadOnlyList<PositionedText> Texts(double width, double height, TrueTypeFont font) => TextSetter.Paragraphs(Content, width, height, Format, font);
}
