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
    /// <summary>Deeper than any dictionary that the reader accepts.</summary>
    private const int MaxDepth = 600;

    private const int Step = 64 << 10;

    /// <summary>The objects that a revision writes and its cross-reference does not list.</summary>
    public IEnumerable<PdfReference> FindUnlisted(Revision revision, PdfDocument view, long from)
    {
        HashSet<long> listed = [.. NumberedEntries(revision).Select(each => SkipWhiteSpace(each.Entry.Position)), .. revision.Sections.Select(section => section.Position)];
        listed.UnionWith(revision.Sections.Select(section => section.Beside).OfType<XrefSection>().Select(section => section.Position));
        foreach ((long position, int number, int generation) in FindObjects(from, revision.EndOffset))
        {
            if (!listed.Contains(position) && !IsInStream(revision, view, position))
            {
                yield return new PdfReference(number, generation);
            }
        }
    }

    /// <summary>The objects of a revision in which a dictionary has two different values under one key.</summary>
    public IEnumerable<PdfReference> FindAmbiguous(Revision revision, PdfDocument view, long from)
    {
        foreach ((int number, XrefEntry entry) in NumberedEntries(revision))
        {
            if (entry.Position < from || entry.Position >= revision.EndOffset)
            {
                continue;
            }

            var reference = new PdfReference(number, entry.Generation);
            int size = (int)Math.Min(document.Source.Length - entry.Position, document.Objects.Limits.MaxObjectSize);
            bool isPacked = view.Resolve(reference) is PdfStream stream && view.Resolve(stream.Dictionary["Type"]) is PdfName { Value: "ObjStm" };
            if (IsAmbiguous(document.Source, entry.Position, size, budget)
                || (isPacked && HasTwins(view.Decode((PdfStream)view.Resolve(reference)).Span, budget)))
            {
                yield return reference;
            }
        }
    }

    private static bool IsAmbiguous(ByteSource source, long position, int size, AnalysisBudget budget)
    {
        // Small first: nearly every object ends within it.
        for (int window = Math.Min(size, 4096); ; window = (int)Math.Min(size, window * 8L))
        {
            ReadOnlySpan<byte> bytes = source.Window(position, window)[..window];
            int end = bytes.IndexOf("endobj"u8);
            int data = bytes.IndexOf("stream"u8);
            int stop = end < 0 ? data : data < 0 ? end : Math.Min(end, data);
            if (stop >= 0 || window == size)
            {
                return HasTwins(stop < 0 ? bytes : bytes[..stop], budget);
            }
        }
    }

    private static bool HasTwins(ReadOnlySpan<byte> bytes, AnalysisBudget budget)
    {
        var lexer = new Lexer(bytes);
        var seen = new SeenKeys();
        while (lexer.Next())
        {
            budget.Spend();
            if (lexer.Kind == TokenKind.DictionaryStart && SkipDictionary(ref lexer, 0, seen))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads to the end of a dictionary; true as soon as it, or one in it, has two values under one key.</summary>
    private static bool SkipDictionary(ref Lexer lexer, int depth, SeenKeys seen)
    {
        seen.Enter(depth);
        while (lexer.Next() && lexer.Kind != TokenKind.DictionaryEnd)
        {
            if (lexer.Kind != TokenKind.Name)
            {
                continue;
            }

            string key = StringDecoder.Name(lexer.Text);
            int start = lexer.Position;
            if (!lexer.Next() || lexer.Kind == TokenKind.DictionaryEnd)
            {
                break;
            }

            if (SkipValue(ref lexer, depth, seen))
            {
                return true;
            }

            Range value = start..lexer.Position;
            // /Type says to readers what they know from where they come; real timestamps are /DocTimeStamp and /Sig at once.
            if (key != "Type" && seen.Add(depth, key, value) is { } earlier && !Trim(lexer.Data[earlier]).SequenceEqual(Trim(lexer.Data[value])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SkipValue(ref Lexer lexer, int depth, SeenKeys seen)
    {
        switch (lexer.Kind)
        {
            case TokenKind.DictionaryStart:
                return depth < MaxDepth && SkipDictionary(ref lexer, depth + 1, seen);
            case TokenKind.ArrayStart:
                while (lexer.Next() && lexer.Kind != TokenKind.ArrayEnd)
                {
                    if (depth < MaxDepth && SkipValue(ref lexer, depth + 1, seen))
                    {
                        return true;
                    }
                }

                return false;
            case TokenKind.Integer:
                lexer.TryReadReferenceTail(out _);
                return false;
            default:
                return false;
        }
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        int start = value.IndexOfAnyExcept(CharacterClass.WhiteSpace);
        return start < 0 ? [] : value[start..(value.LastIndexOfAnyExcept(CharacterClass.WhiteSpace) + 1)];
    }

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
