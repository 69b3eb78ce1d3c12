using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Content;

/// <summary>Finds where a keyword stands in a document's real text; pictures of text are not read.</summary>
/// <remarks>
/// Text broken over several show operations, kerned or drawn out of order is put together line by line; a keyword does
/// not reach over a line end. Not thread-safe, as the document is not.
/// </remarks>
public sealed class TextLocator
{
    private readonly PdfDocument _document;
    private readonly PageSearcher _searcher;

    /// <summary>Prepares to search a document; nothing is read yet.</summary>
    /// <param name="document">The document; it must stay open while results are being enumerated.</param>
    public TextLocator(PdfDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        _document = document;
        _searcher = new PageSearcher(document);
    }

    /// <summary>The occurrences of a keyword from the first page to the last, on each page as read: pages not asked for are not read.</summary>
    /// <remarks>
    /// Full-width and half-width forms and CJK compatibility characters match one another; upper and lower case do not.
    /// Spaces count only between letters or digits of scripts that separate words by spaces.
    /// </remarks>
    /// <param name="keyword">The keyword; between two <c>^</c> it matches whole words only: no other character touches it.</param>
    /// <param name="page">The only page to search, from 1, negative from the end; <see langword="null"/> searches all.</param>
    /// <returns>The occurrences; none when the keyword is missing.</returns>
    /// <exception cref="ArgumentException">The keyword has no visible character.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The document has no such page.</exception>
    /// <exception cref="PdfFormatException">A page cannot be read, or exceeds a limit.</exception>
    public IEnumerable<TextMatch> Find(string keyword, int? page = null)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        return Find(new KeywordQuery { Text = keyword, Page = page });
    }

    /// <summary>The occurrences in the order of a query.</summary>
    internal IEnumerable<TextMatch> Find(KeywordQuery query)
    {
        FoldedKeyword keyword = FoldedKeyword.Parse(query.Text, query.WholeWord);
        return query.Page is { } number
            ? FindOnPage(_document.GetPage(number), keyword, query.Order)
            : FindOnAllPages(keyword, query.Order);
    }

    private IEnumerable<TextMatch> FindOnAllPages(FoldedKeyword keyword, KeywordOrder order)
    {
        // A damaged page tree may declare more pages than are met on the way; those there are are searched.
        int count = _document.PageCount;
        for (int i = 0; i < count; i++)
        {
            if (_document.Pages.TryGet(order == KeywordOrder.Reverse ? count - 1 - i : i) is { } page)
            {
                foreach (TextMatch match in FindOnPage(page, keyword, order))
                {
                    yield return match;
                }
            }
        }
    }

    private IEnumerable<TextMatch> FindOnPage(Page page, FoldedKeyword keyword, KeywordOrder order)
    {
        IObjectResolver resolver = _document;
        PdfDictionary resources = resolver.Dictionary(page.Inherited("Resources")) ?? PdfDictionary.Empty;
        IReadOnlyList<TextMatch> matches = _searcher.Find(page.Dictionary, resources, page.Geometry, page.Number, keyword);
        return order == KeywordOrder.Reverse ? matches.Reverse() : matches;
    }
}
