namespace ESign.Pki.Cms;

/// <summary>Which signed attributes a signature carries besides content-type, message-digest and signing-certificate-v2.</summary>
/// <remarks>
/// EN 319 122-1 §5 (CAdES) and EN 319 142-1 §6.3 (PAdES): no signing-time in a PDF signature, whose claimed time is the
/// entry /M; commitment-type and /Reason exclude each other.
/// </remarks>
internal sealed record SignedAttributesProfile
{
    /// <summary>The PAdES baseline: nothing more than the three attributes it requires.</summary>
    public static SignedAttributesProfile Pades { get; } = new();

    /// <summary>Whether cmsAlgorithmProtection (RFC 6211) is added.</summary>
    public bool ProtectAlgorithms { get; init; }

    /// <summary>Whether the certificate identifier repeats issuer and serial number (required of timestamp tokens by some verifiers, a hint elsewhere).</summary>
    public bool IncludeIssuerSerial { get; init; }

    /// <summary>The claimed time as signing-time attribute; never for PAdES.</summary>
    public DateTimeOffset? SigningTime { get; init; }

    /// <summary>The commitment, for example 1.2.840.113549.1.9.16.6.1 (proof of origin), or <see langword="null"/> (EN 319 122-1 §5.2.3).</summary>
    public string? CommitmentTypeOid { get; init; }

    /// <summary>The policy the signer follows, or <see langword="null"/> (EN 319 122-1 §5.2.9).</summary>
    public SignaturePolicyReference? Policy { get; init; }

    /// <summary>
    /// A DER <c>RevocationInfoArchival</c> (ISO 32000-1 §12.8.3.3.2), for signatures of the adbe.pkcs7.detached kind; empty for none.
    /// </summary>
    public ReadOnlyMemory<byte> RevocationInfoArchival { get; init; }

    /// <summary>Further attributes, written as they are.</summary>
    public IReadOnlyList<CmsAttribute> Additional { get; init; } = [];
}
