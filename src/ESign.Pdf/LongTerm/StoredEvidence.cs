using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pdf.LongTerm;

/// <summary>The evidence a document's security store holds already: what a renewal falls back on when a service is gone.</summary>
/// <remarks>ISO 32000-2 §12.8.4.3. What cannot be read is passed over: a verifier will say so, an extension need not.</remarks>
/// <param name="Certificates">Certificates, to complete chains with.</param>
/// <param name="Revocation">CRLs and OCSP responses.</param>
internal sealed record StoredEvidence(IReadOnlyList<Certificate> Certificates, RevocationEvidence Revocation)
{
    /// <summary>A store of 25 signatures with renewals holds some hundred values.</summary>
    private const int MaximumValues = 4096;

    public static StoredEvidence Read(PdfDocument document)
    {
        var store = document.Resolve(document.Catalog["DSS"]) as PdfDictionary ?? PdfDictionary.Empty;
        return new StoredEvidence(
            ReadAll<Certificate>(document, store["Certs"], Certificate.TryDecode),
            new RevocationEvidence(
                ReadAll<CertificateRevocationList>(document, store["CRLs"], CertificateRevocationList.TryDecode),
                ReadAll<OcspResponse>(document, store["OCSPs"], OcspResponse.TryDecode)));
    }

    private delegate bool Decoder<T>(ReadOnlyMemory<byte> encoded, out T? value)
        where T : class;

    private static List<T> ReadAll<T>(PdfDocument document, PdfObject? entry, Decoder<T> decode)
        where T : class
    {
        var values = new List<T>();
        foreach (PdfObject item in (document.Resolve(entry) as PdfArray ?? PdfArray.Empty).Take(MaximumValues))
        {
            if (TryDecode(document, item) is { } encoded && decode(encoded, out T? value))
            {
                values.Add(value!);
            }
        }

        return values;
    }

    /// <summary>The value of one of the store's streams; null where it cannot be read.</summary>
    public static ReadOnlyMemory<byte>? TryDecode(PdfDocument document, PdfObject item)
    {
        try
        {
            return document.Resolve(item) is PdfStream stream ? document.Decode(stream) : null;
        }
        catch (PdfFormatException)
        {
            return null;
        }
    }
}
