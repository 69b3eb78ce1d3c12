using ESign.Pdf.Document;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>A document of which only page geometry, keywords and fields are known.</summary>
internal sealed class FakePages(params IReadOnlyList<PageGeometry> pages) : IPlacementPages
{
    public static PageGeometry A4 { get; } = new(new PdfRectangle(0, 0, 595, 842), 0, 1);

    public Dictionary<string, List<KeywordBox>> Keywords { get; } = [];

    public Dictionary<string, FieldPlace> Fields { get; } = [];

    public int PageCount => pages.Count;

    public static FakePages OfA4(int count) => new([.. Enumerable.Repeat(A4, count)]);

    public PageGeometry GetGeometry(int page) => pages[page - 1];

    public IReadOnlyList<KeywordBox> FindKeyword(string text, bool wholeWord, int? page) =>
        Keywords.TryGetValue(wholeWord ? $"^{text}^" : text, out List<KeywordBox>? found) ? [.. found.Where(b => page is null || b.Page == page)] : [];

    public FieldPlace? FindField(string name) => Fields.TryGetValue(name, out FieldPlace? place) ? place : null;
}
