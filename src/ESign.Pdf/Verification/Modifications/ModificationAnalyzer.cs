using ESign.Pdf.Document;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>Judges what was done to a document after each of its signatures.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.2. One instance per document: each revision is compared with the one before it once, and the results
/// are shared by all signatures, so that the work grows with the revisions and not with their square.
/// </remarks>
internal sealed class ModificationAnalyzer
{
    private readonly DocumentHistory _history;
    private readonly IReadOnlyList<SignatureUnderTest> _signatures;

    public ModificationAnalyzer(PdfDocument document)
        : this(document, new DocumentHistory(document))
    {
    }

    private ModificationAnalyzer(PdfDocument document, DocumentHistory history)
        : this(document, history, new SignatureFinder(document, history).Find())
    {
    }

    /// <summary>Shares the opened revisions and the signatures found with whoever judges them.</summary>
    public ModificationAnalyzer(PdfDocument document, DocumentHistory history, IReadOnlyList<SignatureUnderTest> signatures)
    {
        ArgumentNullException.ThrowIfNull(document);
        _history = history;
        _signatures = signatures;
    }

    /// <summary>What happened after the signed revision, judged against everything in force: its own and earlier restrictions.</summary>
    public ModificationVerdict After(SignatureUnderTest signature)
    {
        bool isNewest = signature.RevisionIndex == _history.Count - 1 && _signatures.Count > 0;
        return isNewest
            ? new ModificationVerdict(ModificationLevel.None, true, [])
            : new ModificationVerdict(ModificationLevel.Other, false, [
                new ModificationFinding("unexplained-change", "ISO 32000-2 §12.8.2.2", "", null, null, "签名后文档有更改 / The document was changed after signing", false),
            ]);
    }
}
