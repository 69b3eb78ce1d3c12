using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals;

/// <summary>An appearance that says itself how it fills a control: stretched, or scaled into the upper left corner.</summary>
internal sealed class FittedAppearance(Appearance content, bool isStretched) : Appearance(content.Width, content.Height)
{
    public override Appearance FitTo(double width, double height)
    {
        double scale = Math.Min(width / content.Width, height / content.Height);
        PdfRectangle box = isStretched
            ? new PdfRectangle(0, 0, width, height)
            : new PdfRectangle(0, height - (content.Height * scale), content.Width * scale, height);
        return new WidgetAppearance(width, height, PdfMatrix.Identity, [new WidgetPart(content, box, Fill: true)]);
    }

    protected override Appearance MakeOpaque() => new FittedAppearance(content.WithoutTransparency(), isStretched);

    protected override PdfReference WriteForm(IObjectSink sink) => content.Write(sink);
}
