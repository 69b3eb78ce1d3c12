using System.Globalization;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Document;

/// <summary>Finds pages by index without reading the whole tree where its counts are consistent, and in spite of them where not.</summary>
/// <remarks>ISO 32000-2 §7.7.3. Cycles, direct kids, lying /Count, leaves without /Type and nodes reached twice all occur.</remarks>
internal sealed class PageTree
{
    private readonly PdfDocument _document;
    private readonly ReaderLimits _limits;
    private readonly PageNode _root;
    private List<(PageNode Parent, int Index)>? _all;
    private int? _count;

    public PageTree(PdfDocument document)
    {
        _document = document;
        _limits = document.Objects.Limits;
        PdfObject? pages = document.Catalog["Pages"];
        if (document.Resolve(pages) is not PdfDictionary dictionary)
        {
            throw new PdfFormatException(PdfErrorCode.Structure, "文档目录中没有页面树 / the catalog has no page tree", _document.Objects.PositionOf(_document.Catalog["Pages"]), "7.7.3");
        }

        // A catalog that points straight at a page occurs in damaged files.
        PdfArray kids = document.Resolve(dictionary["Kids"]) as PdfArray ?? (IsLeaf(dictionary) && pages is not null ? new PdfArray(pages) : PdfArray.Empty);
        _root = new PageNode(null, 0, pages as PdfReference, dictionary, kids, 0);
    }

    public int Count => _count ??= _all is null && CountConsistently(_root) is >= 0 and int count ? count : WalkAll().Count;

    /// <summary>The page at an index from 0, or null when there is none.</summary>
    public Page? TryGet(int index)
    {
        if (_all is null && TryGetByCounts(index) is { } page)
        {
            return page;
        }

        List<(PageNode Parent, int Index)> all = WalkAll();
        return index < all.Count ? MakePage(index, all[index].Parent, all[index].Index) : null;
    }

    /// <summary>All pages in order; walks the whole tree.</summary>
    public IEnumerable<Page> All()
    {
        List<(PageNode Parent, int Index)> all = WalkAll();
        for (int i = 0; i < all.Count; i++)
        {
            yield return MakePage(i, all[i].Parent, all[i].Index);
        }
    }

    /// <summary>A page by its reference, found upwards by /Parent without reading the tree; null when that leads nowhere, though <see cref="All"/> may have it.</summary>
    public Page? TryFind(PdfReference page)
    {
        long index = 0;
        PdfReference at = page;
        for (int depth = 0; depth <= _limits.MaxTreeDepth; depth++)
        {
            if (at.Equals(_root.Reference))
            {
                return index < Count && TryGet((int)index) is { } found && page.Equals(found.Reference) ? found : null;
            }

            if ((_document.Resolve(at) as PdfDictionary)?["Parent"] is not PdfReference parent || PagesBefore(parent, at) is not (>= 0 and var before))
            {
                return null;
            }

            index += before;
            at = parent;
        }

        return null;
    }

    /// <summary>The pages under a node that come before one of its kids; -1 when it is none of them or a count is missing.</summary>
    private long PagesBefore(PdfReference node, PdfReference kid)
    {
        if (_document.Resolve(node) is not PdfDictionary dictionary || _document.Resolve(dictionary["Kids"]) is not PdfArray kids)
        {
            return -1;
        }

        bool allLeaves = DeclaredCount(dictionary) == kids.Count;
        long before = 0;
        for (int i = 0; i < kids.Count; i++)
        {
            if (kid.Equals(kids[i]))
            {
                return before;
            }

            long count = allLeaves ? 1 : _document.Resolve(kids[i]) is not PdfDictionary sibling ? -1 : IsLeaf(sibling) ? 1 : DeclaredCount(sibling);
            if (count < 0)
            {
                return -1;
            }

            before += count;
        }

        return -1;
    }

    private static bool IsLeaf(PdfDictionary node) => !node.ContainsKey("Kids") && node["Type"] is not PdfName { Value: "Pages" };

    private long DeclaredCount(PdfDictionary node) => _document.Resolve(node["Count"]) is PdfInteger integer ? integer.Value : -1;

    private Page MakePage(int index, PageNode parent, int kid) =>
        new(_document, index + 1, parent, kid, parent.Kids[kid] as PdfReference, _document.Resolve(parent.Kids[kid]) as PdfDictionary ?? PdfDictionary.Empty);

    private PageNode? Node(PageNode parent, int index, PdfDictionary dictionary) =>
        _document.Resolve(dictionary["Kids"]) is PdfArray kids ? new PageNode(parent, index, parent.Kids[index] as PdfReference, dictionary, kids, parent.Depth + 1) : null;

    /// <summary>Descends by /Count; null when the counts contradict what is found on the way.</summary>
    private Page? TryGetByCounts(int index)
    {
        PageNode node = _root;
        long before = 0;
        while (node.Depth < _limits.MaxTreeDepth)
        {
            // As many kids as pages: each kid is a page, and only the wanted one need be read.
            if (DeclaredCount(node.Dictionary) == node.Kids.Count)
            {
                long kid = index - before;
                return kid < node.Kids.Count && _document.Resolve(node.Kids[(int)kid]) is PdfDictionary leaf && IsLeaf(leaf) ? MakePage(index, node, (int)kid) : null;
            }

            PageNode? next = null;
            for (int i = 0; i < node.Kids.Count && next is null; i++)
            {
                if (_document.Resolve(node.Kids[i]) is not PdfDictionary kid)
                {
                    return null;
                }

                if (IsLeaf(kid))
                {
                    if (before == index)
                    {
                        return MakePage(index, node, i);
                    }

                    before++;
                    continue;
                }

                long count = DeclaredCount(kid);
                if (count < 0)
                {
                    return null;
                }

                if (index < before + count)
                {
                    next = Node(node, i, kid);
                }
                else
                {
                    before += count;
                }
            }

            if (next is null)
            {
                return null;
            }

            node = next;
        }

        return null;
    }

    /// <summary>The count if every node agrees with the sum of its kids, else -1; reads no leaf of a node whose kids are all leaves.</summary>
    private int CountConsistently(PageNode node)
    {
        long declared = DeclaredCount(node.Dictionary);
        if (declared < 0 || node.Depth >= _limits.MaxTreeDepth)
        {
            return -1;
        }

        if (declared == node.Kids.Count && (declared == 0 || (IsLeafAt(node, 0) && IsLeafAt(node, node.Kids.Count - 1))))
        {
            return (int)declared;
        }

        long sum = 0;
        for (int i = 0; i < node.Kids.Count; i++)
        {
            if (_document.Resolve(node.Kids[i]) is not PdfDictionary kid)
            {
                return -1;
            }

            int count = IsLeaf(kid) ? 1 : Node(node, i, kid) is { } next ? CountConsistently(next) : -1;
            sum += count;
            if (count < 0 || sum > declared)
            {
                return -1;
            }
        }

        return sum == declared ? (int)sum : -1;
    }

    private bool IsLeafAt(PageNode node, int index) => _document.Resolve(node.Kids[index]) is PdfDictionary kid && IsLeaf(kid);

    private List<(PageNode Parent, int Index)> WalkAll()
    {
        if (_all is not null)
        {
            return _all;
        }

        var all = new List<(PageNode, int)>();
        var visited = new HashSet<int>();
        if (_root.Reference is { } root)
        {
            visited.Add(root.Number);
        }

        var stack = new Stack<(PageNode Node, int Next)>([(_root, 0)]);
        int seen = 0;
        while (stack.TryPop(out (PageNode Node, int Next) at))
        {
            if (at.Next == at.Node.Kids.Count)
            {
                continue;
            }

            stack.Push((at.Node, at.Next + 1));
            if (++seen > _limits.MaxTreeNodes)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"页面树超过 {_limits.MaxTreeNodes} 个节点 / more than {_limits.MaxTreeNodes} nodes in the page tree"), _document.Objects.PositionOf(_document.Catalog["Pages"]), "7.7.3");
            }

            PdfObject kid = at.Node.Kids[at.Next];
            if (_document.Resolve(kid) is not PdfDictionary dictionary)
            {
                continue;
            }

            if (IsLeaf(dictionary))
            {
                all.Add((at.Node, at.Next));
            }
            else if (Node(at.Node, at.Next, dictionary) is { } node && (kid is not PdfReference reference || visited.Add(reference.Number)))
            {
                if (node.Depth > _limits.MaxTreeDepth)
                {
                    throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"页面树深度超过 {_limits.MaxTreeDepth} 层 / a page tree deeper than {_limits.MaxTreeDepth}"), _document.Objects.PositionOf(_document.Catalog["Pages"]), "7.7.3");
                }

                stack.Push((node, 0));
            }
        }

        _count = all.Count;
        return _all = all;
    }
}
