using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>A revision and the one before it, with what is needed to compare them.</summary>
internal sealed class RevisionStep
{
    private readonly ObjectGraph _graph;
    private readonly ObjectGraph.Touched _touched;
    private readonly Dictionary<int, PageMarks> _marks = [];
    private readonly IReadOnlySet<PdfObject> _signedHere;
    private bool? _addsSignature;
    private HashSet<int>? _reachableBefore;

    public RevisionStep(RevisionState before, RevisionState after, ObjectGraph graph, ObjectGraph.Touched touched, IReadOnlySet<PdfObject> signedHere, AnalysisBudget budget)
    {
        Before = before;
        After = after;
        Budget = budget;
        _graph = graph;
        _touched = touched;
        _signedHere = signedHere;
        Comparer = new ObjectComparer(before, after, touched.Affected, budget);
    }

    public RevisionState Before { get; }

    public RevisionState After { get; }

    public ObjectComparer Comparer { get; }

    public AnalysisBudget Budget { get; }

    public bool IsTouched(PdfReference reference) => _touched.Before.ContainsKey(reference.Number);

    /// <summary>The objects that look different because of the update, and those that lead to them.</summary>
    public IReadOnlySet<int> Affected => _touched.Affected;

    public bool IsAffected(PdfReference? reference) => reference is null || _touched.Affected.Contains(reference.Number);

    /// <summary>Whether a signature field's value, as written, covers this very revision: it was made with it, and for it.</summary>
    public bool IsSignedHere(PdfObject? value) => value is not null && _signedHere.Contains(value);

    /// <summary>Whether a signature was made in this revision.</summary>
    public bool AddsSignature => _addsSignature ??= FindNewSignature();

    /// <summary>What there was to read on a page before; null when there was no such page.</summary>
    public PageMarks? MarksOf(int page)
    {
        if (page < 1 || page > Before.Pages.Count)
        {
            return null;
        }

        if (!_marks.TryGetValue(page, out PageMarks? marks))
        {
            _marks[page] = marks = new PageMarks(Before, Before.Pages[page - 1], Budget);
        }

        return marks;
    }

    /// <summary>Whether something other than fields and widgets led to an object before.</summary>
    public bool IsUsedOutsideTheForm(PdfReference reference) => _graph.UsersBefore(_touched, reference.Number).Any(user => !Before.IsFormNode(user));

    /// <summary>Whether an object was already in the file, hidden: nothing led to it.</summary>
    public bool IsUnearthed(PdfObject? value) =>
        value is PdfReference reference
        && !IsTouched(reference)
        && Before.View.CatalogReference is not null
        && !IsPartOfTheDocument(reference);

    /// <summary>Whether the catalog led to an object before.</summary>
    public bool IsPartOfTheDocument(PdfReference reference) =>
        Before.View.CatalogReference is { } catalog
        && (_reachableBefore ??= _graph.ReachableBefore(_touched, catalog.Number)).Contains(reference.Number);

    private bool FindNewSignature()
    {
        if (After.HasSameFieldsAs(Before))
        {
            return false;
        }

        foreach (FieldState field in After.Fields)
        {
            if (field.Signature(After.View) is not null && Before.Find(field)?.Signature(Before.View) is null)
            {
                return true;
            }
        }

        return false;
    }
}
