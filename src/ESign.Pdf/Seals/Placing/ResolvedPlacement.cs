using ESign.Pdf.Document;

namespace ESign.Pdf.Seals.Placing;

/// <summary>One control on one page: what it shows and where, in both coordinate systems.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Displayed">The control as a person sees it.</param>
/// <param name="Geometry">The page's geometry.</param>
/// <param name="Appearance">What it shows, scaled to fit and centred; a strip of the seal for cross-page seals.</param>
internal sealed record ResolvedPlacement(int Page, DisplayedRectangle Displayed, PageGeometry Geometry, Appearance Appearance)
{
    /// <summary>The widget's <c>/Rect</c>.</summary>
    public PdfRectangle UserSpace => Geometry.ToUserSpace(Displayed);

    /// <summary>The appearance's <c>/Matrix</c>.</summary>
    public PdfMatrix Matrix => Geometry.AppearanceMatrix(Displayed.Width, Displayed.Height);

    /// <summary>For <c>/MK &lt;&lt;/R …&gt;&gt;</c>.</summary>
    public int Rotation => Geometry.Rotation;

    /// <summary>The existing field it goes into, if that is how it was placed.</summary>
    public string? FieldName { get; init; }

    /// <summary>The whole control as the form XObject for the widget's <c>/AP /N</c>.</summary>
    public WidgetAppearance ToWidgetAppearance() => new(Displayed.Width, Displayed.Height, Matrix, Appearance.FitTo(Displayed.Width, Displayed.Height));
}
