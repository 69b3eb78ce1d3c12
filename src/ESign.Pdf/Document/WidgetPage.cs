using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>Finds the page a widget stands on: the one that lists it, since <c>/P</c> may be missing or wrong (ISO 32000-2 §12.5.2).</summary>
internal static class WidgetPage
{
    public static Page? Find(PdfDocument document, Widget widget)
    {
        var stated = widget.Dictionary["P"] as PdfReference;
        if (stated is not null && document.Pages.TryFind(stated) is { } likely && Lists(likely, widget))
        {
            return likely;
        }

        Page? listing = null;
        foreach (Page page in document.Pages.All())
        {
            bool isStated = stated is not null && stated.Equals(page.Reference);
            if ((isStated || stated is null || listing is null) && Lists(page, widget))
            {
                if (isStated || stated is null)
                {
                    return page;
                }

                listing = page;
            }
        }

        return listing;
    }

    private static bool Lists(Page page, Widget widget) => widget.Reference is { } reference
        ? page.Annotates(reference)
        : page.Annotations().Any(annotation => ReferenceEquals(annotation.Dictionary, widget.Dictionary));
}
