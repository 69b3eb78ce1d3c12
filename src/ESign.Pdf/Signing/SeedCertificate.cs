using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pdf.Signing;

/// <summary>What a signature field demands of the signer's certificate.</summary>
/// <remarks>
/// ISO 32000-2 §12.7.5.5 table 238. Only what the flags in <c>/Ff</c> require is enforced, and a signature policy, which has none:
/// ESign states no policies. A <c>/URL</c> says where certificates are to be had, unless it names a service that must sign.
/// </remarks>
internal sealed class SeedCertificate
{
    private const int UrlRequired = 1 << 6;

    private static readonly (int Flag, string Name, Func<SeedCertificate, IReadOnlyList<Certificate>, bool> IsMet)[] Demands =
    [
        (1, "Subject", (seed, signer) => seed.Strings("Subject").Any(wanted => Is(signer[0], wanted))),
        (1 << 1, "Issuer", (seed, signer) => seed.Strings("Issuer").Any(wanted => signer.Skip(1).Any(issuer => Is(issuer, wanted)))),
        (1 << 2, "OID", (seed, signer) => seed.Strings("OID").All(wanted => signer[0].CertificatePolicies?.Any(policy => policy.Oid == wanted.ToText()) == true)),
        (1 << 3, "SubjectDN", (seed, signer) => seed.Items("SubjectDN").OfType<PdfDictionary>().All(wanted => seed.HasName(signer[0], wanted))),
        (1 << 5, "KeyUsage", (seed, signer) => seed.Strings("KeyUsage").Any(wanted => HasUsage(signer[0], wanted.ToText()))),
    ];

    private readonly PdfDocument _document;
    private readonly PdfDictionary _demands;
    private readonly long _flags;

    public SeedCertificate(PdfDocument document, PdfDictionary demands)
    {
        _document = document;
        _demands = demands;
        _flags = document.Resolve(demands["Ff"]) is PdfInteger flags ? flags.Value : 0;
    }

    /// <summary>The first demand that is not met; null when all are.</summary>
    /// <param name="signer">The signer's certificate and those above it; empty when it is not known yet.</param>
    public string? Unmet(IReadOnlyList<Certificate> signer)
    {
        if (_demands["SignaturePolicyOID"] is not null)
        {
            return "/SignaturePolicyOID";
        }

        if (Has(UrlRequired) && _demands["URL"] is not null && _document.Resolve(_demands["URLType"]) is PdfName { Value: not "Browser" } type)
        {
            return $"/URLType {type.Value}";
        }

        foreach ((int flag, string name, Func<SeedCertificate, IReadOnlyList<Certificate>, bool> isMet) in Demands)
        {
            if (Has(flag) && Items(name).Any() && (signer.Count == 0 || !isMet(this, signer)))
            {
                return $"/{name}";
            }
        }

        return null;
    }

    private bool Has(int flag) => (_flags & flag) != 0;

    private IEnumerable<PdfObject> Items(string key) => (_document.Resolve(_demands[key]) as PdfArray ?? PdfArray.Empty).Select(_document.Resolve);

    private IEnumerable<PdfString> Strings(string key) => Items(key).OfType<PdfString>();

    private static bool Is(Certificate certificate, PdfString encoded) => certificate.RawData.Span.SequenceEqual(encoded.Bytes.Span);

    /// <summary>Whether the subject has every attribute of a dictionary; its keys are short names in any case, or object identifiers.</summary>
    private bool HasName(Certificate certificate, PdfDictionary wanted) => wanted.All(entry => _document.Resolve(entry.Value) is not PdfString text
        || certificate.Subject.RelativeNames.SelectMany(names => names).Any(name => IsNamed(name.Oid, entry.Key) && string.Equals(name.Text, text.ToText(), StringComparison.Ordinal)));

    private static bool IsNamed(string oid, string key) =>
        oid == key || string.Equals(AttributeType.DisplayName(oid), key.Equals("email", StringComparison.OrdinalIgnoreCase) ? "emailAddress" : key, StringComparison.OrdinalIgnoreCase);

    /// <summary>The bits in the order of RFC 5280 §4.2.1.3: 1 must be set, 0 must not, anything else may be either.</summary>
    private static bool HasUsage(Certificate certificate, string wanted)
    {
        KeyUsages usage = certificate.KeyUsage ?? KeyUsages.None;
        for (int bit = 0; bit < Math.Min(wanted.Length, 31); bit++)
        {
            if (wanted[bit] is '0' or '1' && ((int)usage >> bit & 1) != wanted[bit] - '0')
            {
                return false;
            }
        }

        return true;
    }
}
