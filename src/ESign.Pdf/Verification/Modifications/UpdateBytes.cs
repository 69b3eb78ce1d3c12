using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Looks at the bytes of an update for what two readers may read differently.</summary>
/// <remarks>
/// ISO 32000-2 §7.5.6 and §7.3.7. A reader that finds something wrong with the cross-reference looks for objects itself and
/// takes the last of each number: an object that an update writes and does not list waits for such a reader. Of two entries
/// with one key, readers take the first or the last.
/// </remarks>
internal sealed class UpdateBytes(PdfDocument document, AnalysisBudget budget)
{
    private const int Step = 64 << 10;

    /// <summary>What a revision writes otherwise than it lists it, or so that it says two things: what kind it is of, and the object.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="view">The document as of it.</param>
    /// <param name="from">Where its bytes begin.</param>
    public IEnumerable<(string Kind, PdfReference? Object)> FindFaults(Revision revision, PdfDocument view, long from) =>
        FindUnlisted(revision, view, from).Concat(FindAmbiguous(revision, from)).Concat(FindPacked(revision, view, from));

    /// <summary>The objects that the cross-reference does not list under their number.</summary>
    private IEnumerable<(string Kind, PdfReference? Object)> FindUnlisted(Revision revision, PdfDocument view, long from)
    {
        HashSet<(long, int, int)> listed = [.. NumberedEntries(revision).Select(each => (SkipWhiteSpace(each.Entry.Position), each.Number, each.Entry.Generation))];
        HashSet<long> sections = [.. Parts(revision).Select(section => section.Position)];
        foreach ((long position, int number, int generation) in FindObjects(from, revision.EndOffset))
        {
            if (!listed.Contains((position, number, generation)) && !sections.Contains(position) && !IsInStream(revision, view, position))
            {
                yield return (FileChange.Unlisted, new PdfReference(number, generation));
            }
        }
    }

    /// <summary>Dictionaries with two values under one key, and two entries for one object.</summary>
    private IEnumerable<(string Kind, PdfReference? Object)> FindAmbiguous(Revision revision, long from)
    {
        foreach ((int number, XrefEntry entry) in NumberedEntries(revision))
        {
            if (IsWithin(entry, from, revision) && TwinKeys.AreAt(document.Source, entry.Position, MaxObject(entry.Position), budget))
            {
                yield return (FileChange.Ambiguous, new PdfReference(number, entry.Generation));
            }
        }

        foreach (XrefSection section in Parts(revision).Where(section => TwinKeys.AreIn(document.Source, section, MaxObject(section.Position), budget)))
        {
            yield return (FileChange.Ambiguous, null);
        }

        foreach (int number in revision.Sections.SelectMany(section => section.FindDisputed(document.Source, document.Objects.Table.Shift)))
        {
            yield return (FileChange.Ambiguous, new PdfReference(number));
        }
    }

    /// <summary>§7.5.7: readers find an object in its stream by its index or by its number, and must find the same.</summary>
    private IEnumerable<(string Kind, PdfReference? Object)> FindPacked(Revision revision, PdfDocument view, long from)
    {
        foreach ((int container, XrefEntry at) in NumberedEntries(revision).Where(each => IsWithin(each.Entry, from, revision)))
        {
            if (view.Resolve(new PdfReference(container, at.Generation)) is not PdfStream stream || view.Resolve(stream.Dictionary["Type"]) is not PdfName { Value: "ObjStm" })
            {
                continue;
            }

            ReadOnlyMemory<byte> decoded = view.Decode(stream);
            if (TwinKeys.AreIn(decoded.Span, budget))
            {
                yield return (FileChange.Ambiguous, new PdfReference(container));
            }

            int index = 0;
            foreach (int number in ObjectStream.Open(stream.Dictionary, decoded, view, view.Objects.Limits, at.Position).Numbers)
            {
                budget.Spend();
                XrefEntry entry = view.Objects.Table.Find(number);
                bool isListed = entry.Kind == XrefEntryKind.InStream && entry.Position == container;
                if (!isListed || entry.Extra != index)
                {
                    yield return (isListed ? FileChange.Ambiguous : FileChange.Unlisted, new PdfReference(number));
                }

                index++;
            }
        }
    }

    private static bool IsWithin(XrefEntry entry, long from, Revision revision) => entry.Position >= from && entry.Position < revision.EndOffset;

    /// <summary>The sections of a revision, with the streams beside its tables.</summary>
    private static IEnumerable<XrefSection> Parts(Revision revision) =>
        revision.Sections.Concat(revision.Sections.Select(section => section.Beside).OfType<XrefSection>());

    private int MaxObject(long position) => (int)Math.Min(document.Source.Length - position, document.Objects.Limits.MaxObjectSize);

    /// <summary>Whatever looks like the beginning of an object.</summary>
    private IEnumerable<(long Position, int Number, int Generation)> FindObjects(long from, long to)
    {
        for (long at = from; at < to;)
        {
            long keyword = document.Source.IndexOf("obj"u8, at, to);
            budget.Spend(1 + (((keyword < 0 ? to : keyword) - at) / Step));
            if (keyword < 0)
            {
                yield break;
            }

            at = keyword + 3;
            if (ReadHead(keyword, from) is { } found)
            {
                yield return found;
            }
        }
    }

    /// <summary>The two numbers before the keyword; null when there are none.</summary>
    private (long Position, int Number, int Generation)? ReadHead(long keyword, long from)
    {
        const int Longest = 40;
        long start = Math.Max(from, keyword - Longest);
        int length = (int)(keyword - start);
        ReadOnlySpan<byte> before = document.Source.Window(start, length)[..length];
        int at = length;
        int? generation = ReadBack(before, ref at);
        int? number = generation is null ? null : ReadBack(before, ref at);
        return number is { } n ? (start + at, n, generation!.Value) : null;
    }

    private static int? ReadBack(ReadOnlySpan<byte> before, ref int at)
    {
        int end = at;
        while (end > 0 && CharacterClass.IsWhiteSpace(before[end - 1]))
        {
            end--;
        }

        int start = end;
        while (start > 0 && CharacterClass.IsDigit(before[start - 1]))
        {
            start--;
        }

        if (end == at || start == end || !System.Buffers.Text.Utf8Parser.TryParse(before[start..end], out int value, out _))
        {
            return null;
        }

        at = start;
        return value;
    }

    /// <summary>Whether a position lies in the data of the stream that begins before it.</summary>
    private bool IsInStream(Revision revision, PdfDocument view, long position)
    {
        (int number, XrefEntry entry) = NumberedEntries(revision).Where(each => each.Entry.Position < position).DefaultIfEmpty().MaxBy(each => each.Entry.Position);
        return entry.Kind == XrefEntryKind.InFile
            && view.Resolve(new PdfReference(number, entry.Generation)) is PdfStream { Data: StoredStreamData data }
            && position >= data.Position
            && position < data.Position + data.StoredLength;
    }

    /// <summary>Some writers list the line end before an object.</summary>
    private long SkipWhiteSpace(long position)
    {
        ReadOnlySpan<byte> window = document.Source.Window(position, 16);
        int at = window[..Math.Min(16, window.Length)].IndexOfAnyExcept(CharacterClass.WhiteSpace);
        return position + Math.Max(0, at);
    }

    private IEnumerable<(int Number, XrefEntry Entry)> NumberedEntries(Revision revision)
    {
        CrossReferenceTable table = document.Objects.Table;
        foreach (XrefSection section in revision.Sections)
        {
            foreach (int number in section.Numbers())
            {
                budget.Spend();
                if (section.TryFind(number, document.Source, table.Shift, out XrefEntry entry) && entry.Kind == XrefEntryKind.InFile)
                {
                    yield return (number, entry);
                }
            }
        }
    }
}
