using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>A document as the placement of seals sees it: page geometry, keywords, widgets of fields.</summary>
internal sealed class DocumentPlaces(PdfDocument document) : IPlacementPages
{
    public int PageCount => document.PageCount;

    public PageGeometry GetGeometry(int page) => document.GetPage(page).Geometry;

    public IReadOnlyList<KeywordBox> FindKeyword(string text, bool wholeWord, int? page) =>
        [.. new TextLocator(document)
            .Find(new KeywordQuery { Text = text, WholeWord = wholeWord, Page = page })
            .Select(match => new KeywordBox(match.Page, match.Displayed))];

    public FieldPlace? FindField(string name) =>
        document.AcroForm.Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.Ordinal)) is { } found
            ? PlaceOf(found)
            : null;

    /// <summary>Where a field's first widget lies; none when it has no widget on a page.</summary>
    public FieldPlace? PlaceOf(FormField field)
    {
        if (field.Widgets is not [var widget, ..] || Page.ReadRectangle(document, widget.Dictionary["Rect"]) is not { } rectangle)
        {
            return null;
        }

        return WidgetPage.Find(document, widget) is { } page ? new FieldPlace(page.Number, rectangle) : null;
    }

    /// <summary>Where signed signatures stand: what a new seal must not cover.</summary>
    public IReadOnlyList<FieldPlace> Signed() =>
        [.. document.SignatureFields.Where(field => field.IsSigned).Select(field => PlaceOf(field.Field)).OfType<FieldPlace>().Where(place => place.Rectangle is { Width: > 0, Height: > 0 })];
}
