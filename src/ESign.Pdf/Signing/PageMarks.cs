using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Signing;

/// <summary>Draws marks into the content of pages, for a document nobody has signed yet.</summary>
/// <remarks>
/// The page's own content is put between <c>q</c> and <c>Q</c>, so that a graphics state it leaves behind does not move what is
/// drawn after it. Resources are copied into the page, so that a shared or inherited dictionary does not change for other pages.
/// </remarks>
internal static class PageMarks
{
    public static void Draw(PdfDocument document, IncrementalUpdate update, IEnumerable<ResolvedPlacement> marks)
    {
        foreach (IGrouping<int, ResolvedPlacement> onPage in marks.GroupBy(mark => mark.Page))
        {
            Page page = document.GetPage(onPage.Key);
            var resources = document.Resolve(page.Inherited("Resources")) as PdfDictionary ?? PdfDictionary.Empty;
            var objects = document.Resolve(resources["XObject"]) as PdfDictionary ?? PdfDictionary.Empty;
            var content = new StringBuilder("Q\n");
            int number = 0;
            foreach (ResolvedPlacement mark in onPage)
            {
                string name;
                do
                {
                    name = string.Create(CultureInfo.InvariantCulture, $"ESign{++number}");
                }
                while (objects.ContainsKey(name));

                objects = objects.With(name, mark.ToWidgetAppearance().Write(update));
                PdfRectangle place = mark.UserSpace;
                content.Append(CultureInfo.InvariantCulture, $"q 1 0 0 1 {place.Left:0.####} {place.Bottom:0.####} cm /{name} Do Q\n");
            }

            PdfReference before = update.Add(Stream("q\n"));
            PdfReference after = update.Add(Stream(content.ToString()));
            PdfArray contents = Contents(document, page.Dictionary["Contents"]);
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
