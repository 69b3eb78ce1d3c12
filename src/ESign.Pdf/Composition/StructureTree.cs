using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>Writes the logical structure: the elements from the root down, and the way back from each page's content.</summary>
/// <remarks>ISO 32000-2 §14.7.2 (hierarchy), §14.7.4.4 (the parent tree: for each page, the element of each marked-content number).</remarks>
internal sealed class StructureTree
{
    private readonly IObjectSink _sink;
    private readonly Dictionary<PageCanvas, PdfReference> _pages;
    private readonly Dictionary<StructureElement, PdfReference> _elements = [];

    private StructureTree(IObjectSink sink, Dictionary<PageCanvas, PdfReference> pages)
    {
        _sink = sink;
        _pages = pages;
    }

    /// <param name="sink">Where to.</param>
    /// <param name="document">The outermost element.</param>
    /// <param name="canvases">The pages in order; the place of each is its /StructParents.</param>
    /// <param name="pages">Their objects.</param>
    /// <returns>The structure tree root.</returns>
    public static PdfReference Write(IObjectSink sink, StructureElement document, IReadOnlyList<PageCanvas> canvases, IReadOnlyList<PdfReference> pages)
    {
        var tree = new StructureTree(sink, canvases.Zip(pages).ToDictionary(pair => pair.First, pair => pair.Second));
        PdfReference root = sink.Reserve();
        PdfReference outermost = tree.WriteElement(document, root);
        var numbers = new List<PdfObject>();
        for (int page = 0; page < canvases.Count; page++)
        {
            numbers.Add(page);
            numbers.Add(sink.Add(new PdfArray(canvases[page].Marked.Select(element => tree._elements[element]))));
        }

        sink.Set(root, new PdfDictionary(
            ("Type", new PdfName("StructTreeRoot")),
            ("K", outermost),
            ("ParentTree", sink.Add(new PdfDictionary(("Nums", new PdfArray(numbers))))),
            ("ParentTreeNextKey", canvases.Count)));
        return root;
    }

    private PdfReference WriteElement(StructureElement element, PdfReference parent)
    {
        PdfReference reference = _sink.Reserve();
        _elements.Add(element, reference);
        var kids = new List<PdfObject>();
        PdfReference? page = element.Content.Count > 0 ? _pages[element.Content[0].Page] : null;
        foreach ((PageCanvas canvas, int number) in element.Content)
        {
            // Content on the element's own page is a number; that on another says which.
            kids.Add(_pages[canvas] == page ? number : new PdfDictionary(("Type", new PdfName("MCR")), ("Pg", _pages[canvas]), ("MCID", number)));
        }

        kids.AddRange(element.Children.Select(child => (PdfObject)WriteElement(child, reference)));
        var dictionary = new PdfDictionary(("S", new PdfName(element.Type)), ("P", parent));
        dictionary = page is { } at ? dictionary.With("Pg", at) : dictionary;
        dictionary = kids.Count switch { 0 => dictionary, 1 => dictionary.With("K", kids[0]), _ => dictionary.With("K", new PdfArray(kids)) };
        dictionary = element.AlternateText is { } words ? dictionary.With("Alt", PdfString.Text(words)) : dictionary;
        dictionary = element.TableAttributes is { } attributes ? dictionary.With("A", attributes) : dictionary;
        _sink.Set(reference, dictionary);
        return reference;
    }
}
