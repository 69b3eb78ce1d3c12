using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Signing;

/// <summary>What earlier signatures of a document forbid: certification (DocMDP), locked fields (FieldMDP, <c>/Lock</c>).</summary>
/// <remarks>ISO 32000-2 §12.8.2.2, §12.8.2.4 and §12.7.5.5. Signing asks before it writes, so that no earlier signature breaks.</remarks>
internal sealed class ExistingProtection
{
    private readonly IReadOnlyList<(string Signature, FieldMdp Lock)> _locks;

    private ExistingProtection(int signatures, (string Signature, int Permission)? certification, IReadOnlyList<(string Signature, FieldMdp Lock)> locks)
    {
        _locks = locks;
        SignatureCount = signatures;
        Certification = certification;
    }

    /// <summary>How many fields are signed, document timestamps included.</summary>
    public int SignatureCount { get; }

    /// <summary>The strictest permission in force, 1 to 3, and the signature that set it.</summary>
    public (string Signature, int Permission)? Certification { get; }

    public static ExistingProtection Read(PdfDocument document)
    {
        (string Signature, int Permission)? certification = null;
        var locks = new List<(string Signature, FieldMdp Lock)>();
        int signed = 0;
        foreach (SignatureField field in document.SignatureFields)
        {
            if (field.Value is not { } signature)
            {
                continue;
            }

            signed++;
            foreach ((string method, PdfDictionary parameters) in Transforms(document, signature))
            {
                if (method == "DocMDP")
                {
                    int permission = document.Resolve(parameters["P"]) is PdfInteger { Value: >= 1 and <= 3 } p ? (int)p.Value : 2;
                    certification = Stricter(certification, (field.Name, permission));
                }
                else if (method == "FieldMDP")
                {
                    locks.Add((field.Name, FieldMdp.Read(parameters, document)));
                }
            }

            if (field.Lock is { } fieldLock)
            {
                var own = FieldMdp.Read(fieldLock, document);
                locks.Add((field.Name, own));
                if (own.Permissions is { } permitted)
                {
                    certification = Stricter(certification, (field.Name, permitted));
                }
            }
        }

        return new ExistingProtection(signed, certification, locks);
    }

    /// <summary>The signature that locks a field, or <see langword="null"/>.</summary>
    public string? LockedBy(string field)
    {
        foreach ((string signature, FieldMdp fieldLock) in _locks)
        {
            if (fieldLock.Locks(field))
            {
                return signature;
            }
        }

        return null;
    }

    private static IEnumerable<(string Method, PdfDictionary Parameters)> Transforms(PdfDocument document, PdfDictionary signature)
    {
        if (document.Resolve(signature["Reference"]) is not PdfArray references)
        {
            yield break;
        }

        foreach (PdfObject item in references)
        {
            if (document.Resolve(item) is PdfDictionary reference && document.Resolve(reference["TransformMethod"]) is PdfName method)
            {
                yield return (method.Value, document.Resolve(reference["TransformParams"]) as PdfDictionary ?? PdfDictionary.Empty);
            }
        }
    }

    private static (string Signature, int Permission) Stricter((string Signature, int Permission)? known, (string Signature, int Permission) other) =>
        known is { } first && first.Permission <= other.Permission ? first : other;
}
