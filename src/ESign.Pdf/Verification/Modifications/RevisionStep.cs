using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>A revision and the one before it, with what is needed to compare them.</summary>
internal sealed class RevisionStep
{
    private readonly ObjectGraph.Touched _touched;
    private readonly HashSet<int> _reachableBefore;

    public RevisionStep(RevisionState before, RevisionState after, ObjectGraph.Touched touched, HashSet<int> reachableBefore, AnalysisBudget budget)
    {
        Before = before;
        After = after;
        Budget = budget;
        _touched = touched;
        _reachableBefore = reachableBefore;
        Comparer = new ObjectComparer(before, after, touched.Affected, budget);
    }

    public RevisionState Before { get; }

    public RevisionState After { get; }

    public ObjectComparer Comparer { get; }

    public AnalysisBudget Budget { get; }

    public IEnumerable<int> TouchedNumbers => _touched.Before.Keys;

    public bool IsTouched(PdfReference reference) => _touched.Before.ContainsKey(reference.Number);

    public bool IsAffected(PdfReference? reference) => reference is null || _touched.Affected.Contains(reference.Number);

    /// <summary>Whether an object was already in the file, hidden: nothing led to it.</summary>
    public bool IsUnearthed(PdfObject? value) =>
        value is PdfReference reference && !IsTouched(reference) && !_reachableBefore.Contains(reference.Number);
}
