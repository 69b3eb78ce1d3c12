using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pki.Validation;

/// <summary>The revocation status of one certificate at the time in question, and what it rests on.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Status">Good, revoked, on hold or unknown.</param>
public sealed record CertificateStatus(Certificate Certificate, RevocationStatus Status)
{
    /// <summary>When it was revoked; also set when that was after the time in question and the status therefore is good.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked, if the evidence says.</summary>
    public RevocationReason? Reason { get; init; }

    /// <summary>Since when the key is suspected, if the evidence says (RFC 5280 §5.3.2).</summary>
    public DateTimeOffset? InvalidityDate { get; init; }

    /// <summary>The CRLs the status rests on: complete, then delta.</summary>
    public IReadOnlyList<CertificateRevocationList> Crls { get; init; } = [];

    /// <summary>The OCSP answer the status rests on.</summary>
    public OcspResponse? OcspResponse { get; init; }

    /// <summary>When the evidence was current.</summary>
    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>When fresher evidence is due.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>Why evidence that was at hand could not be used; empty when a status was found.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether evidence was at hand that would have served had it been newer.</summary>
    public bool EvidenceWasStale { get; init; }

    /// <summary>Whether evidence was at hand whose signer's certificate has expired: a proof that it is older would make it serve.</summary>
    internal bool EvidenceWasOutOfBounds { get; init; }
}
