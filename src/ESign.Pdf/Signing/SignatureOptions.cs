using ESign.Pdf.Seals;

namespace ESign.Pdf.Signing;

/// <summary>What one signature looks like, where it stands, and how long it shall last.</summary>
public sealed record SignatureOptions
{
    /// <summary>The seal (or handwritten signature) of the signature field itself; an invisible signature without it.</summary>
    public PlacedSeal? Seal { get; init; }

    /// <summary>
    /// Further places bound to this signature: cross-page seals, dates, seals on other pages. One digital signature covers all.
    /// </summary>
    public IReadOnlyList<PlacedSeal> Stamps { get; init; } = [];

    /// <summary>
    /// The signature field: an existing, unsigned one is used, otherwise one of this name is created. By default the next
    /// free <c>Signature1</c>, <c>Signature2</c>, … No full stops.
    /// </summary>
    public string? FieldName { get; init; }

    /// <summary>The level; <see cref="PadesLevel.B"/> by default.</summary>
    public PadesLevel Level { get; init; } = PadesLevel.B;

    /// <summary>The container of the signature value; by default PAdES, and CMS as <c>adbe.pkcs7.detached</c> for SM2.</summary>
    public SignatureProfile? Profile { get; init; }

    /// <summary>The name of the signer shown by readers; by default the common name of the certificate.</summary>
    public string? SignerName { get; init; }

    /// <summary>Why it is signed, in words; not together with <see cref="CommitmentTypeOid"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Where it is signed.</summary>
    public string? Location { get; init; }

    /// <summary>How to reach the signer.</summary>
    public string? ContactInfo { get; init; }

    /// <summary>The commitment as an object identifier (EN 319 122-1 §5.2.3); not together with <see cref="Reason"/>.</summary>
    public string? CommitmentTypeOid { get; init; }

    /// <summary>The claimed time of signing; by default now, by the signer's clock.</summary>
    public DateTimeOffset? ClaimedTime { get; init; }

    /// <summary>Certifies the document; only its first signature may.</summary>
    public CertificationLevel? Certification { get; init; }

    /// <summary>Fields that may not change afterwards. The places of <see cref="Stamps"/> are always locked with the signature.</summary>
    public FieldLock? Lock { get; init; }

    /// <summary>The user or owner password of an encrypted document.</summary>
    public string? Password { get; init; }
}
