using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Document;

/// <summary>One revision of a file: the original, or what an incremental update made of it.</summary>
/// <remarks>ISO 32000-2 §7.5.6. The two sections of a linearised file (annex F) are one revision.</remarks>
internal sealed class Revision
{
    private Revision(int number, long end, int newerSections, IReadOnlyList<XrefSection> sections)
    {
        Number = number;
        EndOffset = end;
        NewerSections = newerSections;
        Sections = sections;
    }

    /// <summary>1 for the original file.</summary>
    public int Number { get; }

    /// <summary>The file offset just after this revision's <c>%%EOF</c> and the end-of-line after it: the file's length then.</summary>
    public long EndOffset { get; }

    /// <summary>How many cross-reference sections were appended after this revision.</summary>
    internal int NewerSections { get; }

    /// <summary>The section of this revision; two for a linearised original.</summary>
    internal IReadOnlyList<XrefSection> Sections { get; }

    internal static IReadOnlyList<Revision> ReadAll(ObjectStore objects, long headerOffset)
    {
        IReadOnlyList<XrefSection> sections = objects.Table.Sections;
        int oldest = sections.Count - 1;
        bool isLinearized = oldest > 0 && sections[oldest - 1].Position < sections[oldest].Position && IsLinearized(objects.Source, headerOffset);
        var revisions = new List<Revision>();
        int first = isLinearized ? oldest - 1 : oldest;
        for (int i = first; i >= 0; i--)
        {
            bool isPair = isLinearized && i == first;
            long from = Math.Max(sections[i].EndPosition, isPair ? sections[i + 1].EndPosition : 0);
            revisions.Add(new Revision(revisions.Count + 1, FindEnd(objects.Source, from), i, isPair ? [sections[i], sections[i + 1]] : [sections[i]]));
        }

        return revisions;
    }

    private static bool IsLinearized(ByteSource source, long headerOffset) => source.IndexOf("/Linearized"u8, headerOffset, headerOffset + 1024) >= 0;

    private static long FindEnd(ByteSource source, long from)
    {
        // A rebuilt table has no place of its own; its one revision is the whole file.
        long marker = from == 0 ? -1 : source.IndexOf("%%EOF"u8, from, source.Length);
        if (marker < 0)
        {
            return source.Length;
        }

        long end = marker + 5;
        ReadOnlySpan<byte> after = source.Window(end, 2);
        return after switch
        {
            [(byte)'\r', (byte)'\n', ..] => end + 2,
            [(byte)'\r' or (byte)'\n', ..] => end + 1,
            _ => end,
        };
    }
}
