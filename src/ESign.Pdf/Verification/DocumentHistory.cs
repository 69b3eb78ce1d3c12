using ESign.Pdf.Document;

namespace ESign.Pdf.Verification;

/// <summary>A document's revisions, each opened once however many signatures ask for it.</summary>
internal sealed class DocumentHistory
{
    private readonly PdfDocument _document;
    private readonly PdfDocument?[] _views;
    private readonly long[] _markerEnds;

    public DocumentHistory(PdfDocument document)
    {
        _document = document;
        _views = new PdfDocument?[document.Revisions.Count];
        _markerEnds = [.. document.Revisions.Select(FindMarkerEnd)];
    }

    public int Count => _views.Length;

    /// <summary>The document as of a revision; the document itself for the newest.</summary>
    public PdfDocument this[int index] =>
        _views[index] ??= index == Count - 1 ? _document : _document.AsOf(_document.Revisions[index]);

    /// <summary>The offset just after a revision's <c>%%EOF</c>: a signature may leave out the end-of-line after it.</summary>
    public long MarkerEnd(int index) => _markerEnds[index];

    private long FindMarkerEnd(Revision revision)
    {
        long from = Math.Max(0, revision.EndOffset - 16);
        long marker = _document.Source.LastIndexOf("%%EOF"u8, from, revision.EndOffset);
        return marker < 0 ? revision.EndOffset : marker + 5;
    }
}
