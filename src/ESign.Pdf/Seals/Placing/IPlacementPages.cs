using ESign.Pdf.Document;

namespace ESign.Pdf.Seals.Placing;

/// <summary>What placing needs to know of a document.</summary>
internal interface IPlacementPages
{
    int PageCount { get; }

    /// <summary>The geometry of a page, from 1.</summary>
    PageGeometry GetGeometry(int page);

    /// <summary>The occurrences of a text in document order, on one page or all.</summary>
    IReadOnlyList<KeywordBox> FindKeyword(string text, bool wholeWord, int? page);

    /// <summary>The page and user space rectangle of a field's widget, or none.</summary>
    FieldPlace? FindField(string name);
}
