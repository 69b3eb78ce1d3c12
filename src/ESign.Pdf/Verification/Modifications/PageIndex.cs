using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>The pages of a revision, the nodes above them, and the page on which each annotation shows.</summary>
internal sealed class PageIndex
{
    private readonly Dictionary<int, int> _pageNumbers = [];
    private readonly Dictionary<int, int> _annotationPages = [];
    private readonly Dictionary<int, PageNode> _nodesByNumber = [];
    private readonly HashSet<PageNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly List<Page> _pages = [];
    private readonly HashSet<int> _read = [];

    public PageIndex(PdfDocument view, AnalysisBudget budget)
    {
        foreach (Page page in view.Pages.All())
        {
            budget.Spend();
            _pages.Add(page);
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

    public IReadOnlyList<Page> Pages => _pages;

    /// <summary>The nodes of the page tree above the pages.</summary>
    public IReadOnlyCollection<PageNode> Nodes => _nodes;

    public PageNode? FindNode(PdfReference? reference) => reference is null ? null : _nodesByNumber.GetValueOrDefault(reference.Number);

    /// <summary>Whether an update left the tree, its pages and their lists of annotations alone.</summary>
    public bool HoldsAfter(ObjectGraph.Touched touched) => !touched.Before.Keys.Any(_read.Contains);

    /// <summary>Whether an object is a page, a node of the page tree or an annotation.</summary>
    public bool Contains(int number) => _nodesByNumber.ContainsKey(number) || _pageNumbers.ContainsKey(number) || _annotationPages.ContainsKey(number);

    /// <summary>The page that an annotation shows on, or that an object is, from 1.</summary>
    public int? PageOf(PdfReference? reference) =>
        reference is not null && (_annotationPages.TryGetValue(reference.Number, out int page) || _pageNumbers.TryGetValue(reference.Number, out page)) ? page : null;

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
