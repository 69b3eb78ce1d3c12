using ESign.Pdf.Seals;

namespace ESign.Pdf.Composition;

/// <summary>An appearance (seal, signature, image) standing between paragraphs, made smaller where it does not fit.</summary>
internal sealed class Figure(Appearance appearance, TextAlignment alignment = TextAlignment.Center, double? width = null) : Block
{
    internal Appearance Appearance { get; } = appearance;

    /// <summary>What it shows, in words, for readers who cannot see it.</summary>
    public string AlternateText { get; init; } = "图片 / Image";

    /// <summary>What it is in the document's structure.</summary>
    internal StructureElement Element() => new("Figure") { AlternateText = AlternateText };

    /// <summary>The size it takes where there is so much room: as asked or natural, its ratio kept.</summary>
    internal (double Width, double Height) Fit(double maximumWidth, double maximumHeight)
    {
        double scale = Math.Min(1, Math.Min(maximumWidth / (width ?? Appearance.Width), maximumHeight / (Appearance.Height * (width ?? Appearance.Width) / Appearance.Width)));
        double fitted = (width ?? Appearance.Width) * scale;
        return (fitted, Appearance.Height * fitted / Appearance.Width);
    }

    internal override double HeightToBegin(PageFlow flow) => Fit(flow.Style.BodyWidth, flow.Style.BodyHeight).Height;

    internal override void Compose(PageFlow flow)
    {
        (double fittedWidth, double height) = Fit(flow.Style.BodyWidth, flow.Style.BodyHeight);
        flow.EnsureSpace(height);
        double left = flow.Style.MarginLeft + ((flow.Style.BodyWidth - fittedWidth) * alignment switch
        {
            TextAlignment.Center => 0.5,
            TextAlignment.Right => 1,
            _ => 0,
        });
        using (flow.Canvas.Mark(flow.Structure.Add(Element())))
        {
            flow.Canvas.DrawAppearance(Appearance, new DisplayedRectangle(left, flow.Y, fittedWidth, height));
        }

        flow.Advance(height);
    }
}
