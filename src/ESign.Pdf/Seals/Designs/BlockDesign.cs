using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Texts;

namespace ESign.Pdf.Seals.Designs;

/// <summary>A few lines as large as their control allows: the text of a signature.</summary>
internal sealed record BlockDesign(IReadOnlyList<string> Lines, TextFormat Format) : TextDesign(string.Join('\n', Lines), Format)
{
    internal override ControlSize DefaultSize => ControlSize.Signature;

    protected override IReadOnlyList<PositionedText> Texts(double width, double height, TrueTypeFont font) => TextSetter.Block(Lines, width, height, Format, font);
}
