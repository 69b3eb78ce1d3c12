using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;

namespace ESign.Pdf.Signing;

/// <summary>The seed values of a signature field: what whoever prepared it demands of the signature.</summary>
/// <remarks>
/// ISO 32000-2 §12.7.5.5 table 237. Only what the flags in <c>/Ff</c> require is enforced, and <c>/MDP</c> and <c>/Cert</c>, which have
/// none or their own; the rest is advice. What ESign cannot do is refused.
/// </remarks>
internal sealed class SeedValues
{
    private const int FilterRequired = 1;
    private const int SubFilterRequired = 1 << 1;
    private const int VersionRequired = 1 << 2;
    private const int ReasonsRequired = 1 << 3;
    private const int AttestationRequired = 1 << 4;
    private const int RevocationRequired = 1 << 5;
    private const int DigestRequired = 1 << 6;
    private const int LockRequired = 1 << 7;
    private const int AppearanceRequired = 1 << 8;

    /// <summary>The dictionary's version in PDF 2.0, whose entries are all known here.</summary>
    private const double KnownVersion = 3;

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

    /// <summary>Whether a field demands a timestamp or revocation data in its signature, so that its level may not be lower.</summary>
    public static bool DemandLevel(PdfDocument document, SignatureField? field) =>
        DemandTimestamp(document, field) || (field is not null && new SeedValues(document, field).DemandsRevocation);

    /// <summary>Whether a field demands a timestamp in its signature.</summary>
    public static bool DemandTimestamp(PdfDocument document, SignatureField? field) => field is not null && new SeedValues(document, field).DemandsTimestamp;

    /// <exception cref="SigningRefusedException">A required value is not what the options ask for.</exception>
    public static void Check(PdfDocument document, SignatureField field, SignatureOptions options, SignatureProfile profile, DigestAlgorithm digest, IReadOnlyList<Certificate> signer)
    {
        if (field.SeedValue is not null)
        {
            var values = new SeedValues(document, field);
            values.CheckVersion();
            values.CheckContainer(profile, digest);
            values.CheckReason(options);
            values.CheckPurpose(options);
            values.CheckLock(options);
            values.CheckLevel(options, profile);
            values.CheckCertificate(signer);
        }
    }

    private bool DemandsTimestamp => _document.Resolve(_seed["TimeStamp"]) is PdfDictionary timestamp && _document.Resolve(timestamp["Ff"]) is PdfInteger { Value: 1 };

    private bool DemandsRevocation => Has(RevocationRequired) && _document.Resolve(_seed["AddRevInfo"]) is PdfBoolean { Value: true };

    private void CheckVersion()
    {
        double version = _document.Resolve(_seed["V"]) switch
        {
            PdfInteger integer => integer.Value,
            PdfReal real => real.Value,
            _ => 0,
        };
        if (Has(VersionRequired) && version > KnownVersion)
        {
            throw Refusal(string.Create(CultureInfo.InvariantCulture, $"/V {version}"));
        }

        if (Has(AppearanceRequired) && _document.Resolve(_seed["AppearanceFilter"]) is PdfString appearance)
        {
            throw Refusal($"/AppearanceFilter {appearance.ToText()}");
        }
    }

    private void CheckContainer(SignatureProfile profile, DigestAlgorithm digest)
    {
        if (Has(FilterRequired) && _document.Resolve(_seed["Filter"]) is PdfName { Value: not "Adobe.PPKLite" } filter)
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

    /// <summary>A legal attestation is part of a certification alone (§12.8.7).</summary>
    private void CheckPurpose(SignatureOptions options)
    {
        if (_document.Resolve(_seed["MDP"]) is PdfDictionary mdp && _document.Resolve(mdp["P"]) is PdfInteger { Value: >= 0 and <= 3 } permission
            && permission.Value != (long)(options.Certification ?? 0))
        {
            throw Refusal($"/MDP /P {permission.Value}");
        }

        if (options.Certification is not null && Required("LegalAttestation", AttestationRequired) is { Count: > 0 } attestations)
        {
            throw Refusal($"/LegalAttestation {string.Join(", ", attestations)}");
        }
    }

    /// <summary>A document is locked by a certification or a lock that allows no changes.</summary>
    private void CheckLock(SignatureOptions options)
    {
        if (!Has(LockRequired) || _document.Resolve(_seed["LockDocument"]) is not { } wanted)
        {
            return;
        }

        bool isLocked = options.Certification == CertificationLevel.NoChanges || (_field.Lock is { } own && FieldMdp.Read(own, _document).Permissions == 1);
        if (wanted is PdfName { Value: "true" } or PdfBoolean { Value: true } ? !isLocked : wanted is PdfName { Value: "false" } or PdfBoolean { Value: false } && isLocked)
        {
            throw Refusal($"/LockDocument {(isLocked ? "false" : "true")}");
        }
    }

    /// <summary>PAdES keeps revocation data in the document's store; in a plain CMS it would be an attribute, which ESign does not write.</summary>
    private void CheckLevel(SignatureOptions options, SignatureProfile profile)
    {
        if (DemandsTimestamp && options.Level.Timestamps is null)
        {
            throw Refusal("/TimeStamp");
        }

        if (DemandsRevocation && (options.Level.Revocation is null || profile != SignatureProfile.Pades))
        {
            throw Refusal("/AddRevInfo true");
        }
    }

    private void CheckCertificate(IReadOnlyList<Certificate> signer)
    {
        if (_document.Resolve(_seed["Cert"]) is PdfDictionary demands && new SeedCertificate(_document, demands).Unmet(signer) is { } unmet)
        {
            throw Refusal($"/Cert {unmet}");
        }
    }

    private bool Has(int flag) => (_flags & flag) != 0;

    private List<string> Required(string key, int flag) => Has(flag) && _document.Resolve(_seed[key]) is PdfArray array
        ? [.. array.Select(_document.Resolve).Select(item => item switch { PdfName name => name.Value, PdfString text => text.ToText(), _ => "" })]
        : [];

    private SigningRefusedException Refusal(string demand) => new(
        SigningRefusal.SeedValue,
        $"签名域“{_field.Name}”的种子值要求 {demand} / The seed values of the field \"{_field.Name}\" demand {demand}.");
}
