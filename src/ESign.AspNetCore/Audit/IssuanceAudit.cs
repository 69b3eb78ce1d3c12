using ESign.AspNetCore.Authorities;
using ESign.Pki.Issuance;

namespace ESign.AspNetCore.Audit;

/// <summary>How an issuance reads in the audit log.</summary>
internal static class IssuanceAudit
{
    public static AuditEntry Issued(string actor, string? requestId, HostedIssuer issuer, string profile, IssuedCertificate issued, string? evidence = null, string? replaces = null) =>
        new("certificate.issued", actor, issued.SerialNumber)
        {
            RequestId = requestId,
            Details =
            [
                ("issuer", issuer.Name),
                ("profile", profile),
                ("sha256", Convert.ToHexStringLower(issued.Certificate.Sha256Fingerprint.Span)),
                ("evidence", evidence),
                ("replaces", replaces),
            ],
        };
}
