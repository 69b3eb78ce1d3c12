using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;

namespace ESign.Pdf.LongTerm;

/// <summary>Whether every signature is timestamped: by a token of its own, or by a document timestamp after it.</summary>
/// <remarks>EN 319 142-1 §6.3: B-LT contains B-T, which either kind of timestamp makes.</remarks>
internal static class TimestampCoverage
{
    public static bool IsComplete(PdfDocument document)
    {
        long coveredTo = 0;
        var bare = new List<long>();
        foreach (SignatureField field in document.SignatureFields)
        {
            if (field.Value is not { } signature)
            {
                continue;
            }

            if (document.Resolve(signature["SubFilter"]) is PdfName { Value: "ETSI.RFC3161" })
            {
                coveredTo = Math.Max(coveredTo, EndOf(document, signature));
            }
            else if (!HasOwnTimestamp(document, signature))
            {
                bare.Add(EndOf(document, signature));
            }
        }

        return bare.All(end => end <= coveredTo);
    }

    private static bool HasOwnTimestamp(PdfDocument document, PdfDictionary signature) =>
        document.Resolve(signature["Contents"]) is PdfString contents
        && (SignedData.TryDecode(contents.Bytes, out SignedData? signedData, out _)
            ? signedData.SignerInfos.All(signer => signer.FindUnsignedAttribute(Oids.SignatureTimestamp) is not null)
            : SealSignature.TryDecode(contents.Bytes, out SealSignature? seal, out _) && seal.TimestampBytes is not null);

    private static long EndOf(PdfDocument document, PdfDictionary signature) =>
        document.Resolve(signature["ByteRange"]) is PdfArray { Count: 4 } range
        && document.Resolve(range[2]) is PdfInteger start && document.Resolve(range[3]) is PdfInteger length
            ? start.Value + length.Value
            : 0;
}
