using ESign.Pdf.Document;
using ESign.Pdf.Syntax;
using ESign.Pdf.Syntax.CrossReference;

namespace ESign.Pdf.Verification;

/// <summary>A document's revisions, each opened once for all signatures that use it at a time.</summary>
/// <remarks>A revision that nobody uses any more is let go: what it has read of a large form would be kept some thousand times.</remarks>
internal sealed class DocumentHistory
{
    /// <summary>The pointer stands just before the marker; comments between them are short.</summary>
    private const int PointerSearch = 1024;

    private readonly PdfDocument _document;
    private readonly WeakReference<PdfDocument>?[] _views;
    private readonly long[] _markerEnds;

    public DocumentHistory(PdfDocument document)
    {
        _document = document;
        _views = new WeakReference<PdfDocument>?[document.Revisions.Count];
        _markerEnds = [.. document.Revisions.Select(FindMarkerEnd)];
    }

    public int Count => _views.Length;

    /// <summary>The document as of a revision; the document itself for the newest.</summary>
    public PdfDocument this[int index]
    {
        get
        {
            if (index == Count - 1)
            {
                return _document;
            }

            if (_views[index] is not { } opened || !opened.TryGetTarget(out PdfDocument? view))
            {
                view = _document.AsOf(_document.Revisions[index]);
                _views[index] = new WeakReference<PdfDocument>(view);
            }

            return view;
        }
    }

    /// <summary>The offset just after a revision's <c>%%EOF</c>: a signature may leave out the end-of-line after it.</summary>
    public long MarkerEnd(int index) => _markerEnds[index];

    /// <summary>
    /// Whether a reader that had only this revision's bytes would begin at the section we begin at: a dormant section, hidden in
    /// signed bytes and woken by a later <c>/Prev</c>, must not pass for what was signed.
    /// </summary>
    public bool IsEntryPoint(int index)
    {
        Revision revision = _document.Revisions[index];
        if (revision.Sections[0].Kind == XrefKind.Rebuilt)
        {
            return true; // there is no pointer to follow; nothing but the whole file counts then
        }

        long end = MarkerEnd(index);
        long at = _document.Source.LastIndexOf("startxref"u8, Math.Max(0, end - PointerSearch), end);
        if (at < 0)
        {
            return false;
        }

        var lexer = new Lexer(_document.Source.Window(at + 9, 64), at + 9);
        if (!lexer.Next() || lexer.Kind != TokenKind.Integer)
        {
            return false;
        }

        long target = lexer.Integer + _document.Objects.Table.Shift;
        // Some writers point into the middle of "N G obj".
        return FindSection(target) is not { } found || revision.Sections.Any(section => found - section.Position is >= 0 and < 12);
    }

    /// <summary>Where, after white space, a cross-reference table or an object (a stream, then) begins; null when neither is there.</summary>
    private long? FindSection(long position)
    {
        if (position < 0 || position >= _document.Source.Length)
        {
            return null;
        }

        var lexer = new Lexer(_document.Source.Window(position, 64), position);
        return lexer.Next() && (lexer.IsKeyword("xref"u8) || lexer.Kind == TokenKind.Integer) ? lexer.TokenOffset : null;
    }

    private long FindMarkerEnd(Revision revision)
    {
        long from = Math.Max(0, revision.EndOffset - 16);
        long marker = _document.Source.LastIndexOf("%%EOF"u8, from, revision.EndOffset);
        return marker < 0 ? revision.EndOffset : marker + 5;
    }
}
