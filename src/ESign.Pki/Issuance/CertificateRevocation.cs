using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>When and why a certificate was revoked or put on hold.</summary>
/// <param name="RevokedAt">When the authority processed it.</param>
/// <param name="Reason">Why (RFC 5280 §5.3.1).</param>
/// <param name="InvalidityDate">Since when the key is believed to have been in other hands (RFC 5280 §5.3.2), if known.</param>
internal sealed record CertificateRevocation(DateTimeOffset RevokedAt, RevocationReason Reason, DateTimeOffset? InvalidityDate = null);
