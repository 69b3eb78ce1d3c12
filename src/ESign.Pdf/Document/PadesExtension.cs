namespace ESign.Pdf.Document;

/// <summary>Declares that a document older than PDF 2.0 uses ETSI's signature extensions.</summary>
/// <remarks>
/// ISO 32000-2 §7.12; EN 319 142-1 §5.1: <c>/ESIC</c>, base version 1.7, level 5 (PAdES with validation data and document
/// timestamps). Declared with the first signature: some readers take a later declaration for a change. PDF/A-1 is left alone.
/// </remarks>
internal static class PadesExtension
{
    public static void Declare(PdfDocument document, IncrementalUpdate update)
    {
        if (DocumentConformance.PdfAPart(document) != '1')
        {
            update.DeclareExtension("ESIC", "1.7", 5);
        }
    }
}
