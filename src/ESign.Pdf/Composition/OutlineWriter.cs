using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>Writes bookmarks as the tree their levels describe (ISO 32000-2 §12.3.3).</summary>
internal sealed class OutlineWriter
{
    private readonly IObjectSink _sink;
    private readonly IReadOnlyList<OutlineEntry> _entries;
    private readonly IReadOnlyList<PdfReference> _references;
    private readonly IReadOnlyList<PdfReference> _pages;
    private readonly double _pageHeight;

    private OutlineWriter(IObjectSink sink, IReadOnlyList<OutlineEntry> entries, IReadOnlyList<PdfReference> pages, double pageHeight)
    {
        _sink = sink;
        _entries = entries;
        _pages = pages;
        _pageHeight = pageHeight;
        _references = [.. entries.Select(_ => sink.Reserve())];
    }

    /// <returns>The outline dictionary.</returns>
    public static PdfReference Write(IObjectSink sink, IReadOnlyList<OutlineEntry> entries, IReadOnlyList<PdfReference> pages, double pageHeight)
    {
        var writer = new OutlineWriter(sink, entries, pages, pageHeight);
        PdfReference root = sink.Reserve();
        List<int> children = writer.WriteChildren(0, entries.Count, root);
        sink.Set(root, writer.WithChildren(new PdfDictionary(("Type", new PdfName("Outlines"))), children, children.Count));
        return root;
    }

    // The entries of a range that have no lower level before them are siblings; what follows each is below it.
    private List<int> WriteChildren(int start, int end, PdfReference parent)
    {
        var siblings = new List<int>();
        for (int i = start; i < end;)
        {
            siblings.Add(i);
            i = EndOfBranch(i, end);
        }

        for (int s = 0; s < siblings.Count; s++)
        {
            int index = siblings[s];
            OutlineEntry entry = _entries[index];
            List<int> children = WriteChildren(index + 1, EndOfBranch(index, end), _references[index]);
            var item = new PdfDictionary(
                ("Title", PdfString.Text(entry.Title)),
                ("Parent", parent),
                ("Dest", new PdfArray(_pages[entry.Page], new PdfName("XYZ"), PdfNull.Instance, Math.Round(_pageHeight - entry.Y, 3), PdfNull.Instance)));
            item = s > 0 ? item.With("Prev", _references[siblings[s - 1]]) : item;
            item = s + 1 < siblings.Count ? item.With("Next", _references[siblings[s + 1]]) : item;
            _sink.Set(_references[index], WithChildren(item, children, -children.Count)); // negative: closed at first
        }

        return siblings;
    }

    private int EndOfBranch(int index, int end)
    {
        int next = index + 1;
        while (next < end && _entries[next].Level > _entries[index].Level)
        {
            next++;
        }

        return next;
    }

    private PdfDictionary WithChildren(PdfDictionary item, List<int> children, int count) => children.Count == 0 ? item
        : item.With("First", _references[children[0]]).With("Last", _references[children[^1]]).With("Count", count);
}
