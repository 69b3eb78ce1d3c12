namespace ESign.Pki.Issuance;

/// <summary>What a repository knows about one certificate.</summary>
public sealed record CertificateRecord
{
    /// <summary>What was recorded before signing.</summary>
    public required IssuanceIntent Intent { get; init; }

    /// <summary>Where the certificate stands.</summary>
    public required CertificateState Status { get; init; }

    /// <summary>The certificate as DER; empty until it is issued.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When and why it was revoked or put on hold; absent otherwise.</summary>
    public CertificateRevocation? Revocation { get; init; }

    /// <summary>When the status last changed by revocation, hold or release: what delta CRLs go by.</summary>
    public DateTimeOffset? StatusChangedAt { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>The issuer's key identifier in lower-case hexadecimal.</summary>
    public string IssuerId => Intent.IssuerId;

    /// <summary>The serial number in lower-case hexadecimal.</summary>
    public string SerialNumber => Intent.SerialNumber;
}
