using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Looks at how updates are written: every object must lie in the revision that defines it, and nowhere else.</summary>
/// <remarks>ISO 32000-2 §7.5.4 to §7.5.6. Mladenov et al., "1 Trillion Dollar Refund" (CCS 2019), for what is tried here.</remarks>
internal sealed class FileComparison(PdfDocument document, IReadOnlyList<SignatureUnderTest> signatures, AnalysisBudget budget)
{
    /// <summary>Findings of one kind in one revision; the next thousand say the same.</summary>
    private const int MaxFindings = 16;

    private readonly UpdateBytes _bytes = new(document, budget);
    private readonly UpdatePointers _pointers = new(document, budget);
    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
    private readonly List<ByteRange> _gaps = [.. signatures.Select(signature => signature.ByteRange).OfType<ByteRange>().Distinct()];

    /// <summary>What is wrong with the file whichever revision was signed: objects in gaps or beyond their revision, bytes of no revision.</summary>
    public IReadOnlyList<Change> FindFaults()
    {
        var faults = new List<Change>();
        CrossReferenceTable table = document.Objects.Table;
        foreach (Revision revision in document.Revisions)
        {
            foreach (XrefSection section in revision.Sections)
            {
                foreach (int number in section.Numbers())
                {
                    budget.Spend();
                    if (section.TryFind(number, document.Source, table.Shift, out XrefEntry entry) && entry.Kind == XrefEntryKind.InFile)
                    {
                        CheckPosition(faults, number, entry, revision);
                    }
                }
            }
        }

        CheckTrailingBytes(faults);
        return faults;
    }

    /// <summary>What an update did to objects of the revisions before it by its cross-reference alone.</summary>
    public void Compare(RevisionStep step, ObjectGraph.Touched touched, Revision before, Revision revision, List<Change> changes)
    {
        _found.Clear();
        CompareBytes(step.After.View, before, revision, changes);
        CrossReferenceTable table = step.After.View.Objects.Table;
        foreach ((int number, XrefEntry old) in touched.Before)
        {
            XrefEntry now = table.Find(number);
            var reference = new PdfReference(number, now.Kind == XrefEntryKind.Free ? old.Generation : now.Generation);
            if (now.Kind == XrefEntryKind.Free && old.Kind != XrefEntryKind.Free && !IsFileStructure(step.Before.View.Resolve(new PdfReference(number, old.Generation)), step.Before.View))
            {
                Add(changes, FileChange.Freed, reference);
            }
            else if (now.Kind == XrefEntryKind.InFile && now != old && now.Position < before.EndOffset)
            {
                Add(changes, FileChange.Redirected, reference);
            }
        }
    }

    /// <summary>What the update writes must be what it lists, and must read one way only.</summary>
    private void CompareBytes(PdfDocument view, Revision before, Revision revision, List<Change> changes)
    {
        foreach ((string kind, PdfReference? found) in _bytes.FindFaults(revision, view, before.EndOffset))
        {
            Add(changes, kind, found);
        }

        foreach (PdfReference? broken in _pointers.FindBroken(revision, before.EndOffset))
        {
            Add(changes, FileChange.Broken, broken);
        }

        // §7.5.8.4: only the table's trailer counts; a reader that takes the stream's must come to the same catalog.
        foreach (XrefSection section in revision.Sections)
        {
            if (section.Beside?.Trailer["Root"] is { } root && !root.Equals(section.Trailer["Root"] ?? view.Trailer["Root"]))
            {
                Add(changes, FileChange.Ambiguous, root as PdfReference);
            }
        }
    }

    private void CheckPosition(List<Change> faults, int number, XrefEntry entry, Revision revision)
    {
        if (entry.Position >= revision.EndOffset)
        {
            Add(faults, FileChange.Redirected, new PdfReference(number, entry.Generation));
        }

        foreach (ByteRange gap in _gaps)
        {
            budget.Spend();
            if (entry.Position > gap.FirstLength && entry.Position < gap.SecondStart)
            {
                Add(faults, FileChange.InGap, new PdfReference(number, entry.Generation));
            }
        }
    }

    private void CheckTrailingBytes(List<Change> faults)
    {
        long end = document.Revisions[^1].EndOffset;
        ByteSource source = document.Source;
        for (long at = end; at < source.Length;)
        {
            ReadOnlySpan<byte> window = source.Window(at, 1024);
            if (window.ContainsAnyExcept(CharacterClass.WhiteSpace))
            {
                Add(faults, FileChange.Trailing, null);
                return;
            }

            at += Math.Max(1, window.Length);
            budget.Spend();
        }
    }

    /// <summary>Object streams and cross-reference streams come and go with the objects in them.</summary>
    private static bool IsFileStructure(PdfObject value, PdfDocument view) =>
        value is PdfNull || (value is PdfStream stream && view.Resolve(stream.Dictionary["Type"]) is PdfName { Value: "ObjStm" or "XRef" });

    private void Add(List<Change> changes, string kind, PdfReference? reference)
    {
        int found = _found.GetValueOrDefault(kind);
        _found[kind] = found + 1;
        if (found < MaxFindings)
        {
            changes.Add(new Change { Place = ChangePlace.File, Key = kind, Object = reference });
        }
    }
}
