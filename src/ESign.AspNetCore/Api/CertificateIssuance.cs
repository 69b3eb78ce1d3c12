using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Api;

/// <summary>Issues for the API and for EST alike: the profile is checked, the certificate made, recorded and counted.</summary>
internal sealed class CertificateIssuance(AuditLog audit, ServiceMetrics metrics)
{
    /// <summary>What may be issued over the network; authorities are made in ceremonies.</summary>
    private static readonly CertificateProfile[] Offered =
        [CertificateProfile.EnterpriseSeal, CertificateProfile.EnterpriseOperator, CertificateProfile.Person, CertificateProfile.EventCertificate];

    public static CertificateProfile FindProfile(string name) =>
        Array.Find(Offered, profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
        ?? throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "profile", $"不提供该证书类型 / This kind of certificate is not offered: {name} (of {string.Join(", ", Offered.Select(static profile => profile.Name))})");

    public async ValueTask<IssuedCertificate> IssueAsync(HttpContext context, Caller caller, HostedIssuer issuer, CertificateProfile profile, IssuanceRequest request, string? replaces = null)
    {
        try
        {
            IssuedCertificate issued = await issuer.Authority.IssueAsync(profile, request, context.RequestAborted).ConfigureAwait(false);
            await audit.RecordAsync(IssuanceAudit.Issued(caller.Actor, context.TraceIdentifier, issuer, profile, issued, request.EvidenceReference, replaces), CancellationToken.None).ConfigureAwait(false);
            metrics.CertificateIssued(issuer.Name, profile.Name);
            return issued;
        }
        catch (IssuanceRefusedException refusal)
        {
            await audit.RecordAsync(
                new AuditEntry("certificate.refused", caller.Actor, issuer.Name) { RequestId = context.TraceIdentifier, Details = [("profile", profile.Name), ("code", refusal.Code)] },
                CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
