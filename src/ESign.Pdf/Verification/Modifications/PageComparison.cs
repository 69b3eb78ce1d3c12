using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Finds the differences between the pages of two revisions, and between the annotations on them.</summary>
/// <remarks>
/// ISO 32000-2 §7.7.3. Pages are compared as a reader sees them, with what they inherit, so that a page tree that was only
/// arranged anew is the same tree.
/// </remarks>
internal sealed class PageComparison(RevisionStep step, List<Change> changes)
{
    private static readonly string[] Inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"];

    /// <summary>By identity: a node's value has all its kids in it.</summary>
    private readonly Dictionary<PageNode, (PageNode Before, bool IsSame)> _sameInheritance = new(ReferenceEqualityComparer.Instance);
    private readonly RevisionState _before = step.Before;
    private readonly RevisionState _after = step.After;

    public void Run()
    {
        if (_before.Pages.Count != _after.Pages.Count)
        {
            changes.Add(new Change { Place = ChangePlace.PageTree, Key = "", Before = _before.Pages.Count, After = _after.Pages.Count, Object = _after.View.Catalog["Pages"] as PdfReference, Path = "/Root/Pages" });
        }

        CompareNodes();
        bool inheritsTheSame = _after.PageNodes.All(node => InheritsTheSame(node, node));
        foreach (int number in inheritsTheSame ? _after.PagesThatMayDiffer(_before, step.Affected) : Enumerable.Range(1, Math.Min(_before.Pages.Count, _after.Pages.Count)))
        {
            step.Budget.Spend();
            Compare(_before.Pages[number - 1], _after.Pages[number - 1]);
        }
    }

    /// <summary>Nodes may be arranged anew, but hold nothing else than nodes hold; the root's count is what readers show.</summary>
    private void CompareNodes()
    {
        foreach (PageNode node in _after.PageNodes)
        {
            PageNode? before = node.Parent is null && _before.Pages is [{ Parent: var first }, ..] ? Root(first) : _before.FindPageNode(node.Reference);
            foreach (string key in node.Dictionary.Keys.Union(before?.Dictionary.Keys ?? []))
            {
                step.Budget.Spend();
                bool isShape = key is "Kids" or "Parent" || (key == "Count" && node.Parent is not null) || (key == "Type" && before is null) || Inheritable.Contains(key, StringComparer.Ordinal);
                if (!isShape && step.Comparer.Compare(before?.Dictionary[key], node.Dictionary[key], key) is { } difference)
                {
                    changes.Add(new Change { Place = ChangePlace.PageTree, Key = key, Before = before?.Dictionary[key], After = node.Dictionary[key], Object = difference.Object ?? node.Reference, Path = "/Root/Pages/" + key + difference.Path });
                }
            }
        }
    }

    private static PageNode Root(PageNode node)
    {
        while (node.Parent is { } above)
        {
            node = above;
        }

        return node;
    }

    private void Compare(Page before, Page after)
    {
        bool isSame = before.Reference is not null && before.Reference.Equals(after.Reference) && !step.IsAffected(after.Reference);
        if (!isSame)
        {
            foreach (string key in before.Dictionary.Keys.Union(after.Dictionary.Keys))
            {
                if (key is not ("Parent" or "Annots") && !Inheritable.Contains(key, StringComparer.Ordinal))
                {
                    CompareEntry(key, before.Dictionary[key], after.Dictionary[key], after);
                }
            }

            CompareAnnotations(before, after);
        }

        if (!isSame || !InheritsTheSame(before.Parent, after.Parent))
        {
            foreach (string key in Inheritable)
            {
                CompareEntry(key, before.Inherited(key), after.Inherited(key), after);
            }
        }

        CompareStrayParent(before, after);
    }

    private bool InheritsTheSame(PageNode before, PageNode after)
    {
        if (_sameInheritance.TryGetValue(after, out (PageNode Before, bool IsSame) known) && ReferenceEquals(known.Before, before))
        {
            return known.IsSame;
        }

        bool same = Inheritable.All(key => step.Comparer.Same(Nearest(_before, before, key), Nearest(_after, after, key), key));
        _sameInheritance[after] = (before, same);
        return same;
    }

    private static PdfObject? Nearest(RevisionState state, PageNode? node, string key)
    {
        for (; node is not null; node = node.Parent)
        {
            if (node.Dictionary[key] is { } value && state.View.Resolve(value) is not PdfNull)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A /Parent that is not the node above: some readers inherit from it, and others do not.</summary>
    private void CompareStrayParent(Page before, Page after)
    {
        PdfObject? written = after.Dictionary["Parent"];
        if (written is not null && written.Equals(after.Parent.Reference))
        {
            return;
        }

        bool isAsBefore = Equals(written, before.Dictionary["Parent"]);
        CompareEntry("Parent", isAsBefore ? _before.View.Resolve(written) : null, _after.View.Resolve(written), after);
        if (!isAsBefore && _after.View.Resolve(written) is PdfNull)
        {
            Add(ChangePlace.Page, "Parent", before.Dictionary["Parent"], written, after.Reference, after, "/Parent", null);
        }
    }

    private void CompareEntry(string key, PdfObject? old, PdfObject? now, Page page)
    {
        step.Budget.Spend();
        if (step.Comparer.Compare(old, now, key) is { } difference)
        {
            Add(ChangePlace.Page, key, old, now, difference.Object ?? page.Reference, page, "/" + key + difference.Path, null);
        }
    }

    private void CompareAnnotations(Page before, Page after)
    {
        List<Shown> old = Read(_before, before);
        List<Shown> now = Read(_after, after);
        var matched = new HashSet<int>();
        int last = -1;
        bool inOrder = true;
        foreach (Shown annotation in old)
        {
            step.Budget.Spend();
            int at = Find(annotation, now, matched, last + 1);
            if (at < 0)
            {
                AddAnnotation(ChangePlace.AnnotationRemoved, annotation, null, before);
                continue;
            }

            matched.Add(at);
            inOrder &= at > last;
            last = at;
            if (annotation.Dictionary is not null && !StaysWithItsField(annotation.Reference))
            {
                CompareAnnotation(annotation, now[at], after);
            }
        }

        for (int i = 0; i < now.Count; i++)
        {
            if (!matched.Contains(i))
            {
                AddAnnotation(ChangePlace.AnnotationAdded, null, now[i], after);
            }
        }

        if (!inOrder)
        {
            Add(ChangePlace.AnnotationOrder, "Annots", before.Dictionary["Annots"], after.Dictionary["Annots"], after.Reference, after, "/Annots", null);
        }
    }

    /// <summary>Looks where it should be first: behind the one before it.</summary>
    private int Find(Shown annotation, List<Shown> now, HashSet<int> matched, int from)
    {
        for (int n = 0; n < now.Count; n++)
        {
            step.Budget.Spend();
            int i = (from + n) % now.Count;
            bool isSame = annotation.Reference is { } reference ? reference.Equals(now[i].Reference) : now[i].Reference is null && step.Comparer.Same(annotation.Dictionary, now[i].Dictionary);
            if (isSame && !matched.Contains(i))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Whether a widget is compared with its field: the field that it belonged to, and belongs to still.</summary>
    private bool StaysWithItsField(PdfReference? widget) =>
        _before.FieldOfWidget(widget) is { } before && _after.FieldOfWidget(widget) is { } after && ReferenceEquals(_after.Find(before), after);

    private void CompareAnnotation(Shown old, Shown now, Page page)
    {
        if (!step.IsAffected(now.Reference))
        {
            return;
        }

        PdfDictionary before = old.Dictionary ?? PdfDictionary.Empty;
        PdfDictionary after = now.Dictionary ?? PdfDictionary.Empty;
        foreach (string key in before.Keys.Union(after.Keys))
        {
            step.Budget.Spend();
            if (step.Comparer.Compare(before[key], after[key], key) is { } difference)
            {
                Add(ChangePlace.Annotation, key, before, after, difference.Object ?? now.Reference, page, now.Path + "/" + key + difference.Path, after);
            }
        }
    }

    private static List<Shown> Read(RevisionState state, Page page)
    {
        var shown = new List<Shown>();
        if (state.View.Resolve(page.Dictionary["Annots"]) is PdfArray annotations)
        {
            for (int i = 0; i < annotations.Count; i++)
            {
                PdfObject value = state.View.Resolve(annotations[i]);
                if (value is not PdfNull)
                {
                    shown.Add(new Shown(annotations[i] as PdfReference, value as PdfDictionary, i));
                }
            }
        }

        return shown;
    }

    private void AddAnnotation(ChangePlace place, Shown? old, Shown? now, Page page)
    {
        Shown annotation = (now ?? old)!;
        Add(place, "", old?.Dictionary, now?.Dictionary, annotation.Reference, page, annotation.Path, annotation.Dictionary);
    }

    private void Add(ChangePlace place, string key, PdfObject? old, PdfObject? now, PdfReference? reference, Page page, string path, PdfDictionary? annotation)
    {
        RevisionState state = place == ChangePlace.AnnotationRemoved ? _before : _after;
        FieldState? field = state.FieldOfWidget(reference);
        changes.Add(new Change
        {
            Place = place,
            Key = key,
            Before = old,
            After = now,
            Object = reference,
            Path = string.Create(CultureInfo.InvariantCulture, $"/Page({page.Number}){path}"),
            Page = page.Number,
            Rectangle = Page.ReadRectangle(state.View, annotation?["Rect"]),
            Field = field,
            FieldBefore = field is null ? null : _before.Find(field),
        });
    }

    /// <summary>An annotation in a page's array.</summary>
    private sealed record Shown(PdfReference? Reference, PdfDictionary? Dictionary, int Index)
    {
        public string Path => string.Create(CultureInfo.InvariantCulture, $"/Annots[{Index}]");
    }
}
