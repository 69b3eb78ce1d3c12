using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>What a repository knows about one certificate.</summary>
public sealed record CertificateRecord
{
    internal CertificateRecord(IssuanceIntent intent, CertificateState status)
    {
        Intent = intent;
        Status = status;
    }

    /// <summary>Where the certificate stands.</summary>
    public CertificateState Status { get; init; }

    /// <summary>The certificate as DER; empty until it is issued.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When it was revoked or put on hold; <see langword="null"/> otherwise.</summary>
    public DateTimeOffset? RevokedAt => Revocation?.RevokedAt;

    /// <summary>Why it was revoked; <see langword="null"/> when it is not.</summary>
    public RevocationReason? RevocationReason => Revocation?.Reason;

    /// <summary>When the status last changed by revocation, hold or release: what delta CRLs go by.</summary>
    public DateTimeOffset? StatusChangedAt { get; init; }

    /// <summary>Why it was refused.</summary>
    public string? RefusalReason { get; init; }

    /// <summary>The issuer's key identifier in lower-case hexadecimal.</summary>
    public string IssuerId => Intent.IssuerId;

    /// <summary>The serial number in lower-case hexadecimal.</summary>
    public string SerialNumber => Intent.SerialNumber;

    /// <summary>The subject's name as text.</summary>
    public string SubjectName => Intent.SubjectName;

    /// <summary>The name of the profile it was made under.</summary>
    public string ProfileName => Intent.ProfileName;

    /// <summary>Until when it is valid.</summary>
    public DateTimeOffset NotAfter => Intent.NotAfter;

    /// <summary>What was recorded before signing.</summary>
    internal IssuanceIntent Intent { get; }

    /// <summary>When and why it was revoked or put on hold; absent otherwise.</summary>
    internal CertificateRevocation? Revocation { get; init; }
}
