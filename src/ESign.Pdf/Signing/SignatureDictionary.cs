using System.Globalization;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Signing;

/// <summary>The signature dictionary with room for its byte range and its value.</summary>
/// <remarks>
/// ISO 32000-2 §12.8.1 table 255; EN 319 142-1 §5.3 and §6.3: <c>/M</c> carries the claimed time, the CMS no signing-time,
/// and there is no <c>/Cert</c>, but with seal signatures. Transform parameters are direct objects.
/// </remarks>
internal static class SignatureDictionary
{
    /// <summary>The dictionary of an approval or certification signature.</summary>
    public static PdfDictionary Create(
        SignatureOptions options, SignatureProfile profile, string signerName, DateTimeOffset claimedTime, PdfArray? references, PdfPlaceholder byteRange, PdfPlaceholder contents) =>
        new(
            ("Type", new PdfName("Sig")),
            ("Filter", new PdfName("Adobe.PPKLite")),
            ("SubFilter", new PdfName(profile.SubFilter)),
            ("ByteRange", byteRange),
            ("Contents", contents),
            ("M", DateString(claimedTime)),
            ("Name", Text(signerName)),
            ("Reason", Text(options.Reason)),
            ("Location", Text(options.Location)),
            ("ContactInfo", Text(options.ContactInfo)),
            ("Cert", Certificates(profile)),
            ("Reference", references ?? (PdfObject)PdfNull.Instance),
            ("Prop_Build", BuildProperties()));

    /// <summary>The transforms a signature carries: DocMDP for a certification, FieldMDP for a lock; none is null.</summary>
    public static PdfArray? References(CertificationLevel? certification, FieldLock? fieldLock)
    {
        var references = new List<PdfObject>();
        if (certification is { } level)
        {
            references.Add(Transform("DocMDP", new PdfDictionary(
                ("Type", new PdfName("TransformParams")),
                ("P", (long)level),
                ("V", new PdfName("1.2")))));
        }

        if (fieldLock is not null)
        {
            references.Add(Transform("FieldMDP", LockEntries(fieldLock)
                .With("Type", new PdfName("TransformParams"))
                .With("V", new PdfName("1.2"))));
        }

        return references.Count == 0 ? null : new PdfArray(references);
    }

    /// <summary>The <c>/Lock</c> of a signature field (§12.7.5.5 table 236).</summary>
    public static PdfDictionary LockDictionary(FieldLock fieldLock) => LockEntries(fieldLock).With("Type", new PdfName("SigFieldLock"));

    /// <summary>A date string with its offset from UTC (§7.9.4).</summary>
    public static PdfString DateString(DateTimeOffset time)
    {
        string offset = time.Offset == TimeSpan.Zero
            ? "Z"
            : string.Create(CultureInfo.InvariantCulture, $"{(time.Offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(time.Offset.Hours):00}'{Math.Abs(time.Offset.Minutes):00}'");
        return PdfString.Text(string.Create(CultureInfo.InvariantCulture, $"D:{time:yyyyMMddHHmmss}{offset}"));
    }

    private static PdfDictionary Transform(string method, PdfDictionary parameters) => new(
        ("Type", new PdfName("SigRef")),
        ("TransformMethod", new PdfName(method)),
        ("TransformParams", parameters));

    private static PdfDictionary LockEntries(FieldLock fieldLock) => fieldLock switch
    {
        FieldLock.IncludedFields included => new PdfDictionary(("Action", new PdfName("Include")), ("Fields", Names(included.Fields))),
        FieldLock.ExcludedFields excluded => new PdfDictionary(("Action", new PdfName("Exclude")), ("Fields", Names(excluded.Fields))),
        _ => new PdfDictionary(("Action", new PdfName("All"))),
    };

    private static PdfArray Names(IReadOnlyList<string> fields) => new(fields.Select(PdfString.Text));

    private static PdfObject Certificates(SignatureProfile profile) => profile.Certificates.Count == 0
        ? PdfNull.Instance
        : new PdfArray(profile.Certificates.Select(certificate => PdfString.Hex(certificate.RawData)));

    private static PdfObject Text(string? text) => text is { Length: > 0 } ? PdfString.Text(text) : PdfNull.Instance;

    private static PdfDictionary BuildProperties() =>
        new(("App", new PdfDictionary(("Name", new PdfName("ESign")))));
}
