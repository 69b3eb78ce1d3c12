using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals.Placing;

/// <summary>What placing needs to know, from a real document.</summary>
internal sealed class DocumentPages(PdfDocument document) : IPlacementPages
{
    private Dictionary<PdfReference, int>? _pageOfAnnotation;

    public int PageCount => document.PageCount;

    public PageGeometry GetGeometry(int page) => document.GetPage(page).Geometry;

    public IReadOnlyList<KeywordBox> FindKeyword(string text, bool wholeWord, int? page) =>
        [.. new TextLocator(document).Find(new KeywordQuery { Text = text, WholeWord = wholeWord, Page = page }).Select(m => new KeywordBox(m.Page, m.Displayed))];

    public FieldPlace? FindField(string name)
    {
        FormField? field = document.AcroForm.Fields.FirstOrDefault(f => string.Equals(f.Name, name, StringComparison.Ordinal) && f.Widgets.Count > 0);
        return field is null ? null : Place(field.Widgets[0]);
    }

    /// <summary>The places of all visible signature widgets, signed or not, which new controls should not cover.</summary>
    public IReadOnlyList<FieldPlace> SignatureWidgets() =>
        [.. document.SignatureFields.SelectMany(f => f.Field.Widgets).Select(Place).OfType<FieldPlace>().Where(p => p.Rectangle is { Width: > 0, Height: > 0 })];

    private FieldPlace? Place(Widget widget) =>
        Page.ReadRectangle(document, widget.Dictionary["Rect"]) is { } rectangle && PageOf(widget) is { } page ? new FieldPlace(page, rectangle) : null;

    /// <summary>The page whose <c>/Annots</c> lists the widget; its own <c>/P</c> is optional and sometimes wrong.</summary>
    private int? PageOf(Widget widget)
    {
        _pageOfAnnotation ??= Index();
        return widget.Reference is { } reference && _pageOfAnnotation.TryGetValue(reference, out int page) ? page : null;
    }

    private Dictionary<PdfReference, int> Index()
    {
        var pages = new Dictionary<PdfReference, int>();
        for (int number = 1; number <= document.PageCount; number++)
        {
            foreach ((PdfReference? reference, _) in document.GetPage(number).Annotations())
            {
                if (reference is not null)
                {
                    pages.TryAdd(reference, number);
                }
            }
        }

        return pages;
    }
}
