namespace ESign.Pdf.Document;

/// <summary>Where a signature, or one piece of it, is shown.</summary>
/// <param name="FieldName">The fully qualified name of its field.</param>
/// <param name="Page">The page, 1 for the first; 0 when it is on no page.</param>
/// <param name="UserSpace">The place in the page's user space; of no area for an invisible signature.</param>
/// <param name="Displayed">The place as a person sees it; of no area where that is not known.</param>
public sealed record SignaturePlace(string FieldName, int Page, PdfRectangle UserSpace, DisplayedRectangle Displayed = default)
{
    /// <summary>Whether there is anything to see on a page.</summary>
    public bool IsVisible => Page > 0 && UserSpace is { Width: > 0, Height: > 0 };
}
