using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification;

/// <summary>Where the widgets of signatures stand: the page that lists them, whatever /P says (ISO 32000-2 §12.5.2).</summary>
internal sealed class SignaturePlaces(PdfDocument document)
{
    private Dictionary<PdfReference, Page>? _pageOf;

    public IReadOnlyList<SignaturePlace> Of(SignatureUnderTest signature) => [.. signature.Places.SelectMany(Of)];

    private IEnumerable<SignaturePlace> Of(SignatureField place)
    {
        if (place.Field.Widgets.Count == 0)
        {
            yield return new SignaturePlace(place.Name, 0, default);
        }

        foreach (Widget widget in place.Field.Widgets)
        {
            Page? page = widget.Reference is { } reference ? PageOf().GetValueOrDefault(reference) : null;
            PdfRectangle box = Page.ReadRectangle(document, widget.Dictionary["Rect"]) ?? default;
            yield return new SignaturePlace(place.Name, page?.Number ?? 0, box, page?.Geometry.ToDisplayed(box) ?? default);
        }
    }

    /// <summary>Reads the annotation lists of all pages once.</summary>
    private Dictionary<PdfReference, Page> PageOf()
    {
        if (_pageOf is not null)
        {
            return _pageOf;
        }

        _pageOf = [];
        try
        {
            foreach (Page page in document.Pages.All())
            {
                foreach (PdfReference reference in (document.Resolve(page.Dictionary["Annots"]) as PdfArray ?? PdfArray.Empty).OfType<PdfReference>())
                {
                    _pageOf.TryAdd(reference, page);
                }
            }
        }
        catch (PdfFormatException)
        {
            // A damaged page tree hides where a signature stands, not whether it is right.
        }

        return _pageOf;
    }
}
