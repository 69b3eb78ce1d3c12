using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification;

/// <summary>How much the document security store of the newest revision holds (ISO 32000-2 §12.8.4.3).</summary>
/// <param name="Certificates">Entries of /Certs.</param>
/// <param name="Crls">Entries of /CRLs.</param>
/// <param name="OcspResponses">Entries of /OCSPs.</param>
/// <param name="Vri">Entries of /VRI: signatures the store speaks of by name.</param>
internal sealed record StoreContents(int Certificates, int Crls, int OcspResponses, int Vri)
{
    /// <summary>Counts; null when the document has no store.</summary>
    public static StoreContents? Read(PdfDocument document) =>
        document.Resolve(document.Catalog["DSS"]) is PdfDictionary store
            ? new StoreContents(
                Count(document, store["Certs"]),
                Count(document, store["CRLs"]),
                Count(document, store["OCSPs"]),
                (document.Resolve(store["VRI"]) as PdfDictionary ?? PdfDictionary.Empty).Count(entry => document.Resolve(entry.Value) is PdfDictionary))
            : null;

    private static int Count(PdfDocument document, PdfObject? array) => (document.Resolve(array) as PdfArray)?.Count ?? 0;
}
