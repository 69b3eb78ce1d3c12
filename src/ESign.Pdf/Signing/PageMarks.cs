using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;

namespace ESign.Pdf.Signing;

/// <summary>Draws fill controls and marks into the content of pages, for a document nobody has signed yet.</summary>
/// <remarks>
/// The page's own content is put between <c>q</c> and <c>Q</c>, as many as it takes, so that a graphics state it leaves behind does not move what is
/// drawn after it. Resources are copied into the page, so that a shared or inherited dictionary does not change for other pages.
/// </remarks>
internal static class PageMarks
{
    /// <summary>Draws the form of each page over its content.</summary>
    public static void Draw(PdfDocument document, IncrementalUpdate update, IEnumerable<PageOverlay> overlays)
    {
        foreach (PageOverlay overlay in overlays)
        {
            Page page = document.GetPage(overlay.Page);
            var resources = document.Resolve(page.Inherited("Resources")) as PdfDictionary ?? PdfDictionary.Empty;
            var objects = document.Resolve(resources["XObject"]) as PdfDictionary ?? PdfDictionary.Empty;
            PdfArray contents = Contents(document, page.Dictionary["Contents"]);
            GraphicsStateBalance balance = GraphicsStateBalance.Measure(document, contents);
            string name = FreeName(objects);
            PdfReference before = update.Add(Stream(string.Concat(Enumerable.Repeat("q\n", balance.Pushes))));
            PdfReference after = update.Add(Stream(string.Concat(Enumerable.Repeat("Q\n", balance.Pops)) + $"q /{name} Do Q\n"));
            update.Set(update.ReferenceOf(page), update.DictionaryOf(page)
                .With("Contents", new PdfArray([before, .. contents, after]))
                .With("Resources", resources.With("XObject", objects.With(name, overlay.Form))));
        }
    }

    private static string FreeName(PdfDictionary objects)
    {
        for (int number = 1; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"ESign{number}");
            if (!objects.ContainsKey(name))
            {
                return name;
            }
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
