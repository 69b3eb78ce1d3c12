using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>What one piece of evidence says about a certificate: an OCSP answer, or CRLs that together cover all reasons.</summary>
internal sealed record RevocationFact(DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate)
{
    /// <summary>When the certificate was revoked or suspended; <see langword="null"/> when it is not listed.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    public RevocationReason? Reason { get; init; }

    public DateTimeOffset? InvalidityDate { get; init; }

    public IReadOnlyList<CertificateRevocationList> Crls { get; init; } = [];

    public OcspResponse? OcspResponse { get; init; }

    /// <summary>The delegated responder who said so; <see langword="null"/> for the issuer itself.</summary>
    public Certificate? Delegate { get; init; }

    /// <summary>
    /// The status at a time. A compromise counts from the invalidity date where that is earlier: from then on others may
    /// have held the key (RFC 5280 §5.3.2).
    /// </summary>
    public RevocationStatus StatusAt(DateTimeOffset time)
    {
        if (RevokedAt is not { } revoked)
        {
            return RevocationStatus.Good;
        }

        bool compromised = Reason is RevocationReason.KeyCompromise or RevocationReason.CaCompromise or RevocationReason.AaCompromise;
        DateTimeOffset effective = compromised && InvalidityDate < revoked ? InvalidityDate.Value : revoked;
        return effective > time ? RevocationStatus.Good
            : Reason == RevocationReason.CertificateHold ? RevocationStatus.OnHold
            : RevocationStatus.Revoked;
    }
}
