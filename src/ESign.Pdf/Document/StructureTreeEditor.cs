using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>Enters new fields and printed content in the structure tree of a tagged document, in an update.</summary>
/// <remarks>
/// ISO 32000-2 §14.7.2 (the tree), §14.7.5.3 (object references), §14.7.5.4 (the way back: <c>/StructParent</c> and the parent tree);
/// ISO 14289-1 §7.18.4: each widget within a <c>Form</c> element. New elements go to the end of the <c>Document</c> element where the tree
/// has one, else of the root. Only a document nobody has signed is entered into: to verifiers, a structure changed later is a changed
/// document. The tree is never walked as a whole, so neither its size nor a cycle in it matters.
/// </remarks>
internal sealed class StructureTreeEditor
{
    /// <summary>A number tree of this depth would hold more keys than a file can have objects.</summary>
    private const int MaximumDepth = 32;

    /// <summary>The largest integer every reader takes (ISO 32000-1 annex C).</summary>
    private const long MaximumKey = int.MaxValue;

    private readonly IncrementalUpdate _update;
    private readonly PdfReference _root;
    private readonly PdfReference _parent;
    private readonly PdfObject? _namespace;
    private readonly List<PdfObject> _elements = [];
    private readonly List<(long Key, PdfObject Value)> _owners = [];
    private long _nextKey;

    private StructureTreeEditor(IncrementalUpdate update, PdfDictionary tree, long firstKey)
    {
        _update = update;
        _nextKey = firstKey;
        if (update.Catalog["StructTreeRoot"] is PdfReference reference)
        {
            _root = reference;
        }
        else
        {
            // Elements name their parent by reference, so the root must have one.
            _root = update.Add(tree);
            update.SetCatalogEntry("StructTreeRoot", _root);
        }

        _parent = DocumentElement(update, tree) ?? _root;
        _namespace = ((PdfDictionary)update.Resolve(_parent))["NS"];
    }

    /// <summary>An editor for a tagged document; null when it is not tagged, already signed, or has used up its keys.</summary>
    public static StructureTreeEditor? For(PdfDocument document, IncrementalUpdate update)
    {
        if (update.Resolve(update.Catalog["StructTreeRoot"]) is not PdfDictionary tree || document.SignatureFields.Any(field => field.IsSigned))
        {
            return null;
        }

        long firstKey = FirstFreeKey(update, tree);
        return firstKey is >= 0 and < MaximumKey / 2 ? new StructureTreeEditor(update, tree, firstKey) : null;
    }

    /// <summary>Enters a widget: a <c>Form</c> element that refers to it, its words as alternate text.</summary>
    /// <returns>The widget's <c>/StructParent</c>.</returns>
    public long AddWidget(PdfReference widget, PdfReference page, string alternateText)
    {
        PdfReference element = Add("Form", page, alternateText, new PdfDictionary(("Type", new PdfName("OBJR")), ("Pg", page), ("Obj", widget)));
        _owners.Add((_nextKey, element));
        return _nextKey++;
    }

    /// <summary>Enters the marked contents of a form XObject that a page draws.</summary>
    /// <param name="form">The form.</param>
    /// <param name="page">The page that draws it.</param>
    /// <param name="contents">The role and, for a figure, the words and the box of each content, in the order of their <c>/MCID</c> from 0.</param>
    /// <returns>The form's <c>/StructParents</c>.</returns>
    public long AddContents(PdfReference form, PdfReference page, IReadOnlyList<MarkedPart> contents)
    {
        PdfReference[] elements = [.. contents.Select((content, id) => Add(
            content.Role,
            page,
            content.AlternateText,
            new PdfDictionary(("Type", new PdfName("MCR")), ("Pg", page), ("Stm", form), ("MCID", id)),
            content.Box is { } box ? new PdfDictionary(("O", new PdfName("Layout")), ("BBox", PdfArray.Of(box))) : null))];
        _owners.Add((_nextKey, new PdfArray((IEnumerable<PdfObject>)elements)));
        return _nextKey++;
    }

    /// <summary>Sets what changed: the kids of the element that took the new ones, the parent tree, its next key.</summary>
    public void Finish()
    {
        if (_owners.Count == 0)
        {
            return;
        }

        AddKids();
        var tree = (PdfDictionary)_update.Resolve(_root);
        PdfObject pairs = GrownParentTree(tree["ParentTree"]);
        _update.Set(_root, tree.With("ParentTree", pairs).With("ParentTreeNextKey", _nextKey));
    }

    private PdfReference Add(string role, PdfReference page, string? alternateText, PdfObject kid, PdfObject? attributes = null)
    {
        PdfReference element = _update.Add(new PdfDictionary(("Type", new PdfName("StructElem")), ("S", new PdfName(role)), ("P", _parent), ("Pg", page), ("K", kid))
            .With("NS", _namespace)
            .With("Alt", alternateText is null ? null : PdfString.Text(alternateText))
            .With("A", attributes));
        _elements.Add(element);
        return element;
    }

    private void AddKids()
    {
        var parent = (PdfDictionary)_update.Resolve(_parent);
        PdfObject? written = parent["K"];
        switch (_update.Resolve(written))
        {
            case PdfArray kids when written is PdfReference shared:
                _update.Set(shared, new PdfArray([.. kids, .. _elements]));
                break;
            case PdfArray kids:
                _update.Set(_parent, parent.With("K", new PdfArray([.. kids, .. _elements])));
                break;
            case PdfNull:
                _update.Set(_parent, parent.With("K", new PdfArray(_elements)));
                break;
            default:
                _update.Set(_parent, parent.With("K", new PdfArray([written!, .. _elements])));
                break;
        }
    }

    /// <summary>The new keys are above all others, so they go to the end of the only leaf, or into a leaf of their own.</summary>
    private PdfObject GrownParentTree(PdfObject? written)
    {
        PdfObject[] pairs = [.. _owners.SelectMany<(long Key, PdfObject Value), PdfObject>(owner => [owner.Key, owner.Value])];
        if (_update.Resolve(written) is not PdfDictionary node)
        {
            return _update.Add(new PdfDictionary(("Nums", new PdfArray((IEnumerable<PdfObject>)pairs))));
        }

        PdfDictionary grown;
        if (_update.Resolve(node["Kids"]) is PdfArray kids)
        {
            PdfReference leaf = _update.Add(new PdfDictionary(("Limits", new PdfArray(_owners[0].Key, _owners[^1].Key)), ("Nums", new PdfArray((IEnumerable<PdfObject>)pairs))));
            grown = node.With("Kids", new PdfArray([.. kids, leaf]));
        }
        else
        {
            var known = _update.Resolve(node["Nums"]) as PdfArray ?? PdfArray.Empty;
            grown = node.With("Nums", new PdfArray([.. known, .. pairs]));
        }

        if (written is not PdfReference reference)
        {
            return grown;
        }

        _update.Set(reference, grown);
        return reference;
    }

    /// <summary>The root's only kid, where that is a <c>Document</c> (or is mapped to it).</summary>
    private static PdfReference? DocumentElement(IncrementalUpdate update, PdfDictionary tree)
    {
        PdfObject? only = update.Resolve(tree["K"]) is PdfArray kids ? kids is [var kid] ? kid : null : tree["K"];
        if (only is not PdfReference reference || update.Resolve(reference) is not PdfDictionary element || update.Resolve(element["S"]) is not PdfName role)
        {
            return null;
        }

        var roles = update.Resolve(tree["RoleMap"]) as PdfDictionary;
        string standard = update.Resolve(roles?[role.Value]) is PdfName mapped ? mapped.Value : role.Value;
        return standard == "Document" ? reference : null;
    }

    /// <summary>What the root says comes next, unless the tree's last key is higher: some writers leave it out or wrong.</summary>
    private static long FirstFreeKey(IncrementalUpdate update, PdfDictionary tree)
    {
        long next = update.Resolve(tree["ParentTreeNextKey"]) is PdfInteger stated ? Math.Max(stated.Value, 0) : 0;
        PdfObject node = update.Resolve(tree["ParentTree"]);
        for (int depth = 0; node is PdfDictionary dictionary; depth++)
        {
            if (depth == MaximumDepth)
            {
                return -1;
            }

            if (update.Resolve(dictionary["Nums"]) is PdfArray { Count: >= 2 } pairs && update.Resolve(pairs[(pairs.Count / 2 * 2) - 2]) is PdfInteger last)
            {
                next = Math.Max(next, last.Value + 1);
            }

            node = update.Resolve(dictionary["Kids"]) is PdfArray { Count: > 0 } kids ? update.Resolve(kids[^1]) : PdfNull.Instance;
        }

        return next;
    }
}
