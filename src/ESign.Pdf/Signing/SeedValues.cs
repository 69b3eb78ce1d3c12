using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Signing;

/// <summary>The seed values of a signature field: what whoever prepared it demands of the signature.</summary>
/// <remarks>ISO 32000-2 §12.7.5.5 table 237. Only what the flags in <c>/Ff</c> require is enforced; the rest is advice.</remarks>
internal static class SeedValues
{
    private const int FilterRequired = 1;
    private const int SubFilterRequired = 1 << 1;
    private const int ReasonsRequired = 1 << 3;
    private const int DigestRequired = 1 << 6;

    /// <exception cref="SigningRefusedException">A required value is not what the options ask for.</exception>
    public static void Check(PdfDocument document, SignatureField field, SignatureOptions options)
    {
        if (field.SeedValue is not { } seed)
        {
            return;
        }

        long flags = document.Resolve(seed["Ff"]) is PdfInteger f ? f.Value : 0;
        if ((flags & FilterRequired) != 0 && document.Resolve(seed["Filter"]) is PdfName { Value: not "Adobe.PPKLite" } filter)
        {
            Refuse(field, $"/Filter {filter.Value}");
        }

        string subFilter = (options.Profile ?? SignatureProfile.Pades).SubFilter;
        if ((flags & SubFilterRequired) != 0 && Names(document, seed["SubFilter"]) is { Count: > 0 } subFilters && !subFilters.Contains(subFilter))
        {
            Refuse(field, $"/SubFilter {string.Join(", ", subFilters)}");
        }

        if ((flags & ReasonsRequired) != 0 && Names(document, seed["Reasons"]) is { Count: > 0 } reasons
            && !reasons.Contains(options.Reason ?? "") && !(reasons is ["."] && options.Reason is null))
        {
            Refuse(field, $"/Reasons {string.Join(", ", reasons)}");
        }
    }

    /// <summary>The digests a field demands, or none.</summary>
    public static IReadOnlyList<string> RequiredDigests(PdfDocument document, SignatureField field) =>
        field.SeedValue is { } seed && document.Resolve(seed["Ff"]) is PdfInteger f && (f.Value & DigestRequired) != 0
            ? Names(document, seed["DigestMethod"])
            : [];

    private static List<string> Names(PdfDocument document, PdfObject? value) => document.Resolve(value) is PdfArray array
        ? [.. array.Select(document.Resolve).Select(item => item switch { PdfName name => name.Value, PdfString text => text.ToText(), _ => "" })]
        : [];

    private static void Refuse(SignatureField field, string demand) => throw new SigningRefusedException(
        SigningRefusal.SeedValue,
        $"签名域“{field.Name}”的种子值要求 {demand} / The seed values of the field \"{field.Name}\" demand {demand}.");
}
