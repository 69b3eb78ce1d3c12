using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Signing;

/// <summary>What earlier signatures of a document forbid: certification (DocMDP), locked fields (FieldMDP, <c>/Lock</c>).</summary>
/// <remarks>ISO 32000-2 §12.8.2.2, §12.8.2.4 and §12.7.5.5. Signing asks before it writes, so that no earlier signature breaks.</remarks>
internal sealed class ExistingProtection
{
    private readonly List<(string Signature, bool Exclude, IReadOnlyList<string>? Names)> _locks = [];

    private ExistingProtection(int signatures, (string Signature, int Permission)? certification)
    {
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
        var locks = new List<(string, bool, IReadOnlyList<string>?)>();
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
                    locks.Add(ReadLock(document, field.Name, parameters));
                }
            }

            if (field.Lock is { } fieldLock)
            {
                locks.Add(ReadLock(document, field.Name, fieldLock));
                if (document.Resolve(fieldLock["P"]) is PdfInteger { Value: >= 1 and <= 3 } lockPermission)
                {
                    certification = Stricter(certification, (field.Name, (int)lockPermission.Value));
                }
            }
        }

        var protection = new ExistingProtection(signed, certification);
        protection._locks.AddRange(locks);
        return protection;
    }

    /// <summary>The signature that locks a field, or <see langword="null"/>.</summary>
    public string? LockedBy(string field)
    {
        foreach ((string signature, bool exclude, IReadOnlyList<string>? names) in _locks)
        {
            bool named = names is null || names.Any(name => Covers(name, field));
            if (named != exclude)
            {
                return signature;
            }
        }

        return null;
    }

    /// <summary>Whether a name in a lock covers a field: itself or an ancestor, by whole components.</summary>
    internal static bool Covers(string name, string field) =>
        field.StartsWith(name, StringComparison.Ordinal) && (field.Length == name.Length || field[name.Length] == '.');

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

    private static (string Signature, bool Exclude, IReadOnlyList<string>? Names) ReadLock(PdfDocument document, string signature, PdfDictionary entries)
    {
        string action = (document.Resolve(entries["Action"]) as PdfName)?.Value ?? "All";
        if (action is not ("Include" or "Exclude"))
        {
            return (signature, false, null);
        }

        var names = document.Resolve(entries["Fields"]) as PdfArray ?? PdfArray.Empty;
        return (signature, action == "Exclude", [.. names.Select(document.Resolve).OfType<PdfString>().Select(name => name.ToText())]);
    }

    private static (string Signature, int Permission) Stricter((string Signature, int Permission)? known, (string Signature, int Permission) other) =>
        known is { } first && first.Permission <= other.Permission ? first : other;
}
