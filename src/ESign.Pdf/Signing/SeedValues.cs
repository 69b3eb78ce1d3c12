using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>The seed values of a signature field: what whoever prepared it demands of the signature.</summary>
/// <remarks>ISO 32000-2 §12.7.5.5 table 237. Only what the flags in <c>/Ff</c> require is enforced, and <c>/MDP</c>, which has no flag; the rest is advice.</remarks>
internal sealed class SeedValues
{
    private const int FilterRequired = 1;
    private const int SubFilterRequired = 1 << 1;
    private const int ReasonsRequired = 1 << 3;
    private const int DigestRequired = 1 << 6;

    private readonly PdfDocument _document;
    private readonly SignatureField _field;
    private readonly PdfDictionary _seed;
    private readonly long _flags;

    private SeedValues(PdfDocument document, SignatureField field)
    {
        _document = document;
        _field = field;
        _seed = field.SeedValue ?? PdfDictionary.Empty;
        _flags = document.Resolve(_seed["Ff"]) is PdfInteger flags ? flags.Value : 0;
    }

    /// <summary>The profile of a signature nobody chose one for: the signer's own, or the one a field demands.</summary>
    public static SignatureProfile Choose(PdfDocument document, SignatureField? field, SignatureProfile own)
    {
        IReadOnlyList<string> demanded = field is null ? [] : new SeedValues(document, field).Required("SubFilter", SubFilterRequired);
        return demanded.Contains(own.SubFilter) || !demanded.Contains(SignatureProfile.AdobePkcs7.SubFilter) ? own : SignatureProfile.AdobePkcs7;
    }

    /// <exception cref="SigningRefusedException">A required value is not what the options ask for.</exception>
    public static void Check(PdfDocument document, SignatureField field, SignatureOptions options, SignatureProfile profile, DigestAlgorithm digest)
    {
        if (field.SeedValue is not null)
        {
            var values = new SeedValues(document, field);
            values.CheckContainer(profile, digest);
            values.CheckReason(options);
            values.CheckPurpose(options);
        }
    }

    private void CheckContainer(SignatureProfile profile, DigestAlgorithm digest)
    {
        if ((_flags & FilterRequired) != 0 && _document.Resolve(_seed["Filter"]) is PdfName { Value: not "Adobe.PPKLite" } filter)
        {
            throw Refusal($"/Filter {filter.Value}");
        }

        if (Required("SubFilter", SubFilterRequired) is { Count: > 0 } subFilters && !subFilters.Contains(profile.SubFilter))
        {
            throw Refusal($"/SubFilter {string.Join(", ", subFilters)}");
        }

        if (Required("DigestMethod", DigestRequired) is { Count: > 0 } digests && !digests.Contains(digest.Name, StringComparer.OrdinalIgnoreCase))
        {
            throw Refusal($"/DigestMethod {string.Join(", ", digests)}");
        }
    }

    /// <summary>A list with a single full stop demands that there be no reason.</summary>
    private void CheckReason(SignatureOptions options)
    {
        if (Required("Reasons", ReasonsRequired) is { Count: > 0 } reasons && !reasons.Contains(options.Reason ?? "."))
        {
            throw Refusal($"/Reasons {string.Join(", ", reasons)}");
        }
    }

    private void CheckPurpose(SignatureOptions options)
    {
        if (_document.Resolve(_seed["MDP"]) is PdfDictionary mdp && _document.Resolve(mdp["P"]) is PdfInteger { Value: >= 0 and <= 3 } permission
            && permission.Value != (long)(options.Certification ?? 0))
        {
            throw Refusal($"/MDP /P {permission.Value}");
        }

        if (options.Level.Timestamps is null
            && _document.Resolve(_seed["TimeStamp"]) is PdfDictionary timestamp && _document.Resolve(timestamp["Ff"]) is PdfInteger { Value: 1 })
        {
            throw Refusal("/TimeStamp");
        }
    }

    private List<string> Required(string key, int flag) => (_flags & flag) != 0 && _document.Resolve(_seed[key]) is PdfArray array
        ? [.. array.Select(_document.Resolve).Select(item => item switch { PdfName name => name.Value, PdfString text => text.ToText(), _ => "" })]
        : [];

    private SigningRefusedException Refusal(string demand) => new(
        SigningRefusal.SeedValue,
        $"签名域“{_field.Name}”的种子值要求 {demand} / The seed values of the field \"{_field.Name}\" demand {demand}.");
}
