using System.Collections.Immutable;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>The pages of a revision, the nodes above them, and the page on which each annotation shows.</summary>
internal sealed class PageIndex
{
    private readonly Dictionary<int, int> _pageNumbers;
    private readonly Dictionary<int, int> _annotationPages;
    private readonly Dictionary<int, PageNode> _nodesByNumber;
    private readonly HashSet<PageNode> _nodes;
    private readonly HashSet<int> _read;
    private readonly PageList _pages;

    /// <summary>Annotations that came to a page after the tree was read, and their pages.</summary>
    private readonly ImmutableDictionary<int, int> _added = ImmutableDictionary<int, int>.Empty;

    public PageIndex(PdfDocument view, AnalysisBudget budget)
    {
        (_pageNumbers, _annotationPages, _nodesByNumber, _read) = ([], [], [], []);
        _nodes = new HashSet<PageNode>(ReferenceEqualityComparer.Instance);
        _pages = new PageList([.. view.Pages.All()]);
        foreach (Page page in _pages)
        {
            budget.Spend();
            HasStrayParents |= page.Parent.Reference is null || !page.Parent.Reference.Equals(page.Dictionary["Parent"]);
            if (page.Reference is { } reference)
            {
                _pageNumbers.TryAdd(reference.Number, page.Number);
                _read.Add(reference.Number);
            }

            if (page.Dictionary["Annots"] is PdfReference annotations)
            {
                _read.Add(annotations.Number);
            }

            AddNodes(page.Parent, budget);
            foreach ((PdfReference? annotation, _) in page.Annotations())
            {
                budget.Spend();
                if (annotation is not null)
                {
                    _annotationPages.TryAdd(annotation.Number, page.Number);
                }
            }
        }
    }

    /// <summary>The same tree with some of its pages as an update left them, and annotations added to them.</summary>
    private PageIndex(PageIndex before, PageList pages, ImmutableDictionary<int, int> added)
    {
        (_pageNumbers, _annotationPages, _nodesByNumber, _read) = (before._pageNumbers, before._annotationPages, before._nodesByNumber, before._read);
        _nodes = before._nodes;
        HasStrayParents = before.HasStrayParents;
        _pages = pages;
        _added = added;
    }

    public IReadOnlyList<Page> Pages => _pages;

    /// <summary>Whether some page's /Parent is not the node it was reached through.</summary>
    public bool HasStrayParents { get; }

    /// <summary>Whether no object is more than one page.</summary>
    public bool AreDistinct => _pageNumbers.Count == _pages.Count;

    /// <summary>Whether two revisions have one tree: the same nodes, and under them the same objects as pages.</summary>
    public bool IsSameTreeAs(PageIndex other) => ReferenceEquals(_nodes, other._nodes);

    /// <summary>
    /// The index after an update that left the tree alone and did no more to pages than to rewrite their dictionaries and
    /// add annotations; null when it did anything else, and all has to be read again.
    /// </summary>
    public PageIndex? After(PdfDocument view, ObjectGraph.Touched touched, AnalysisBudget budget)
    {
        int[] changed = [.. touched.Before.Keys.Where(_read.Contains)];
        if (changed.Length == 0)
        {
            return this;
        }

        if (HasStrayParents || !AreDistinct)
        {
            return null;
        }

        PageList pages = _pages;
        ImmutableDictionary<int, int> added = _added;
        foreach (int number in changed)
        {
            budget.Spend();
            if (!_pageNumbers.TryGetValue(number, out int at) || Renewed(view, _pages[at - 1]) is not { } page)
            {
                return null;
            }

            HashSet<int> old = [.. Annotations(_pages[at - 1])];
            int kept = 0;
            foreach (int annotation in Annotations(page))
            {
                budget.Spend();
                kept += old.Remove(annotation) ? 1 : 0;
                int? shown = PageOf(new PdfReference(annotation));
                added = shown is null || shown > at ? added.SetItem(annotation, at) : added;
            }

            if (old.Count > 0)
            {
                return null;
            }

            pages = pages.With(at - 1, page);
        }

        return new PageIndex(this, pages, added);
    }

    /// <summary>A page as it is now; null when it is no longer what a tree like this one would have there.</summary>
    private static Page? Renewed(PdfDocument view, Page page)
    {
        bool isPage = view.Resolve(page.Reference) is PdfDictionary now
            && !now.ContainsKey("Kids")
            && now["Type"] is not PdfName { Value: "Pages" }
            && now["Annots"] is null or PdfArray
            && page.Dictionary["Annots"] is null or PdfArray
            && page.Parent.Reference is { } parent && parent.Equals(now["Parent"]);
        return isPage ? new Page(view, page.Number, page.Parent, page.IndexInParent, page.Reference, (PdfDictionary)view.Resolve(page.Reference)) : null;
    }

    private static IEnumerable<int> Annotations(Page page) => page.Annotations().Select(annotation => annotation.Reference?.Number).OfType<int>();

    /// <summary>The nodes of the page tree above the pages.</summary>
    public IReadOnlyCollection<PageNode> Nodes => _nodes;

    public PageNode? FindNode(PdfReference? reference) => reference is null ? null : _nodesByNumber.GetValueOrDefault(reference.Number);

    /// <summary>The numbers of the pages among some objects, in order.</summary>
    public IEnumerable<int> PagesAmong(IEnumerable<int> objects) => objects.Select(number => _pageNumbers.GetValueOrDefault(number)).Where(page => page > 0).Order();

    public bool HasPage(int number) => _pageNumbers.ContainsKey(number);

    /// <summary>Whether an object is a node of the page tree above the pages.</summary>
    public bool HasNode(int number) => _nodesByNumber.ContainsKey(number);

    public bool HasAnnotation(int number) => _annotationPages.ContainsKey(number) || _added.ContainsKey(number);

    /// <summary>The page that an annotation shows on, or that an object is, from 1.</summary>
    public int? PageOf(PdfReference? reference) =>
        reference is not null && (_added.TryGetValue(reference.Number, out int page) || _annotationPages.TryGetValue(reference.Number, out page) || _pageNumbers.TryGetValue(reference.Number, out page)) ? page : null;

    private void AddNodes(PageNode? node, AnalysisBudget budget)
    {
        for (; node is not null && _nodes.Add(node); node = node.Parent)
        {
            budget.Spend();
            if (node.Reference is { } reference)
            {
                _nodesByNumber.TryAdd(reference.Number, node);
                _read.Add(reference.Number);
            }

            if (node.Dictionary["Kids"] is PdfReference kids)
            {
                _read.Add(kids.Number);
            }
        }
    }
}
