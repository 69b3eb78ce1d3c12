using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>Draws marks into the content of pages, for a document nobody has signed yet.</summary>
/// <remarks>
/// The page's own content is put between <c>q</c> and <c>Q</c>, as many as it takes, so that a graphics state it leaves behind does not move what is
/// drawn after it. Resources are copied into the page, so that a shared or inherited dictionary does not change for other pages.
/// </remarks>
internal static class PageMarks
{
    /// <summary>Draws fill controls and, over them, marks.</summary>
    public static void Draw(PdfDocument document, IncrementalUpdate update, IEnumerable<PageOverlay> overlays, IEnumerable<ResolvedPlacement> marks)
    {
        bool opaque = DocumentConformance.ForbidsTransparency(document);
        IEnumerable<(int Page, PdfReference Form, double Left, double Bottom)> forms = overlays
            .Select(overlay => (overlay.Page, overlay.Form, 0d, 0d))
            .Concat(marks.Select(mark =>
            {
                Appearance appearance = mark.ToWidgetAppearance();
                return (mark.Page, (opaque ? appearance.WithoutTransparency() : appearance).Write(update), mark.UserSpace.Left, mark.UserSpace.Bottom);
            }));
        foreach (IGrouping<int, (int Page, PdfReference Form, double Left, double Bottom)> onPage in forms.GroupBy(form => form.Page))
        {
            Page page = document.GetPage(onPage.Key);
            var resources = document.Resolve(page.Inherited("Resources")) as PdfDictionary ?? PdfDictionary.Empty;
            var objects = document.Resolve(resources["XObject"]) as PdfDictionary ?? PdfDictionary.Empty;
            PdfArray contents = Contents(document, page.Dictionary["Contents"]);
            GraphicsStateBalance balance = GraphicsStateBalance.Measure(document, contents);
            var content = new StringBuilder().Insert(0, "Q\n", balance.Pops);
            int number = 0;
            foreach ((_, PdfReference form, double left, double bottom) in onPage)
            {
                string name;
                do
                {
                    name = string.Create(CultureInfo.InvariantCulture, $"ESign{++number}");
                }
                while (objects.ContainsKey(name));

                objects = objects.With(name, form);
                content.Append(CultureInfo.InvariantCulture, $"q 1 0 0 1 {left:0.####} {bottom:0.####} cm /{name} Do Q\n");
            }

            PdfReference before = update.Add(Stream(new StringBuilder().Insert(0, "q\n", balance.Pushes).ToString()));
            PdfReference after = update.Add(Stream(content.ToString()));
            update.Set(update.ReferenceOf(page), update.DictionaryOf(page)
                .With("Contents", new PdfArray([before, .. contents, after]))
                .With("Resources", resources.With("XObject", objects)));
        }
    }

    private static PdfArray Contents(PdfDocument document, PdfObject? value) => document.Resolve(value) switch
    {
        PdfArray array => array,
        PdfStream when value is PdfReference reference => new PdfArray([reference]),
        _ => PdfArray.Empty,
    };

    private static PdfStream Stream(string content) => new(PdfDictionary.Empty, Encoding.ASCII.GetBytes(content));
}
