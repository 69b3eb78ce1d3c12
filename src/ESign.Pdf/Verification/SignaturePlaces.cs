using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification;

/// <summary>Where the widgets of signatures stand: the page that lists them, whatever /P says (ISO 32000-2 §12.5.2).</summary>
internal sealed class SignaturePlaces(PdfDocument document)
{
    private Dictionary<PdfReference, int>? _pageOf;

    public IReadOnlyList<SignaturePlace> Of(SignatureUnderTest signature) => [.. signature.Places.SelectMany(Of)];

    private IEnumerable<SignaturePlace> Of(SignatureField place)
    {
        if (place.Field.Widgets.Count == 0)
        {
            yield return new SignaturePlace(place.Name, null, null);
        }

        foreach (Widget widget in place.Field.Widgets)
        {
            int? page = widget.Reference is { } reference && PageOf().TryGetValue(reference, out int number) ? number : null;
            yield return new SignaturePlace(place.Name, page, Page.ReadRectangle(document, widget.Dictionary["Rect"]));
        }
    }

    /// <summary>Reads the annotation lists of all pages once.</summary>
    private Dictionary<PdfReference, int> PageOf()
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
                    _pageOf.TryAdd(reference, page.Number);
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
