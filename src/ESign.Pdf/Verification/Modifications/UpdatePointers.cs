using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Looks whether everything that an update points at is there: <c>startxref</c>, <c>/Prev</c> and the objects that it lists.</summary>
/// <remarks>
/// ISO 32000-2 §7.5.4 to §7.5.6. Where a pointer misses, readers give the cross-reference up and look for objects themselves: in
/// streams and comments too, that were signed as such. Whoever wants them to needs no more than one wrong digit in an update.
/// What <c>/Size</c> says is no such thing: common writers count the objects of the update, and no reader leaves the others out.
/// </remarks>
internal sealed class UpdatePointers(PdfDocument document, AnalysisBudget budget)
{
    /// <summary>How far before the end of a revision its pointer stands at most.</summary>
    private const int Tail = 2048;

    private readonly IndirectObjectReader _reader = new(document.Source, document.Objects.Limits);

    /// <summary>The objects that are not where the update says, and null for a pointer to a cross-reference that is not.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="from">Where its bytes begin.</param>
    public IEnumerable<PdfReference?> FindBroken(Revision revision, long from)
    {
        if (!IsStartExact(revision) || !IsPreviousExact(revision))
        {
            yield return null;
        }

        foreach (XrefSection section in revision.Sections)
        {
            foreach (int number in section.Numbers())
            {
                budget.Spend();
                if (section.TryFind(number, document.Source, document.Objects.Table.Shift, out XrefEntry entry)
                    && entry.Kind == XrefEntryKind.InFile
                    && entry.Position >= from
                    && entry.Position < revision.EndOffset
                    && !IsThere(number, entry))
                {
                    yield return new PdfReference(number, entry.Generation);
                }
            }
        }
    }

    private bool IsThere(int number, XrefEntry entry)
    {
        try
        {
            IndirectObject read = _reader.ReadAt(entry.Position);
            return read.Number == number && read.Generation == entry.Generation && (read.DataStart >= 0 || IsOver(read.End));
        }
        catch (PdfFormatException e) when (e.Code != PdfErrorCode.LimitExceeded)
        {
            return false;
        }
    }

    private bool IsOver(long position)
    {
        var lexer = new Lexer(document.Source.Window(position, Tail), position);
        return lexer.Next() && lexer.IsKeyword("endobj"u8);
    }

    private bool IsStartExact(Revision revision)
    {
        long at = document.Source.LastIndexOf("startxref"u8, Math.Max(0, revision.EndOffset - Tail), revision.EndOffset);
        if (at < 0)
        {
            return false;
        }

        var lexer = new Lexer(document.Source.Window(at + 9, 64), at + 9);
        return lexer.Next() && lexer.Kind == TokenKind.Integer && IsAt(lexer.Integer, revision.Sections[0]);
    }

    private bool IsPreviousExact(Revision revision)
    {
        IReadOnlyList<XrefSection> sections = document.Objects.Table.Sections;
        int previous = revision.NewerSections + revision.Sections.Count;
        return previous >= sections.Count || (revision.Sections[^1].Trailer["Prev"] is PdfInteger pointer && IsAt(pointer.Value, sections[previous]));
    }

    /// <summary>White space may come before the section.</summary>
    private bool IsAt(long offset, XrefSection section)
    {
        long target = offset + document.Objects.Table.Shift;
        return target >= 0
            && target <= section.Position
            && section.Position - target <= Tail
            && !document.Source.Window(target, (int)(section.Position - target))[..(int)(section.Position - target)].ContainsAnyExcept(CharacterClass.WhiteSpace);
    }
}
