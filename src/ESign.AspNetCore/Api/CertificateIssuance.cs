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
        [CertificateProfile.EnterpriseSeal, CertificateProfile.EnterpriseOperator, CertificateProfile.Person, CertificateProfile.EventCertificate, CertificateProfile.Access];

    public static CertificateProfile FindProfile(string name) =>
        Array.Find(Offered, profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
        ?? throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "profile", $"不提供该证书类型 / This kind of certificate is not offered: {name} (of {string.Join(", ", Offered.Select(static profile => profile.Name))})");

    /// <summary>Renews a certificate for its holder, who proved the old key by TLS and the new one by the request.</summary>
    public ValueTask<IssuedCertificate> RenewAsync(HttpContext context, ClientCertificate client, ReadOnlyMemory<byte> newKey)
    {
        string serial = client.Certificate.SerialNumberHex;
        return RecordAsync(
            context, $"certificate {serial} {client.Certificate.Subject}", client.Issuer, "renewal", evidence: null, serial,
            () => client.Issuer.Authority.RenewAsync(serial, newKey, profile: null, context.RequestAborted));
    }

    public ValueTask<IssuedCertificate> IssueAsync(HttpContext context, Caller caller, HostedIssuer issuer, CertificateProfile profile, IssuanceRequest request, string? replaces = null) =>
        RecordAsync(context, caller.Actor, issuer, profile.Name, request.EvidenceReference, replaces, () => issuer.Authority.IssueAsync(profile, request, context.RequestAborted));

    private async ValueTask<IssuedCertificate> RecordAsync(
        HttpContext context, string actor, HostedIssuer issuer, string profile, string? evidence, string? replaces, Func<ValueTask<IssuedCertificate>> issue)
    {
        try
        {
            IssuedCertificate issued = await issue().ConfigureAwait(false);
            await audit.RecordAsync(IssuanceAudit.Issued(actor, context.TraceIdentifier, issuer, profile, issued, evidence, replaces), CancellationToken.None).ConfigureAwait(false);
            metrics.CertificateIssued(issuer.Name, profile);
            return issued;
        }
        catch (IssuanceRefusedException refusal)
        {
            await audit.RecordAsync(
                new AuditEntry("certificate.refused", actor, issuer.Name) { RequestId = context.TraceIdentifier, Details = [("profile", profile), ("code", refusal.Code)] },
                CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }
}
