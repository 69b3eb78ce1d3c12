using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Api;

/// <summary>Issues for the API and for EST alike: the profile is checked, the certificate made, recorded and counted.</summary>
internal sealed class CertificateIssuance(AuditLog audit, ServiceMetrics metrics, ProfileRules rules)
{
    /// <summary>What may be issued over the network; authorities are made in ceremonies.</summary>
    private static readonly CertificateProfile[] Offered =
        [CertificateProfile.EnterpriseSeal, CertificateProfile.EnterpriseOperator, CertificateProfile.Person, CertificateProfile.EventCertificate, CertificateProfile.Access];

    private static string OfferedNames => string.Join(", ", Offered.Select(static profile => profile.Name));

    public static CertificateProfile FindProfile(string name) =>
        Array.Find(Offered, profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
        ?? throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "profile", $"不提供证书类型 {name}（可选：{OfferedNames}） / This kind of certificate is not offered: {name} (of {OfferedNames})");

    /// <summary>Renews a certificate for its holder, who proved the old key by TLS and the new one by the request.</summary>
    public async ValueTask<IssuedCertificate> RenewAsync(HttpContext context, ClientCertificate client, ReadOnlyMemory<byte> newKey)
    {
        string serial = client.Certificate.SerialNumberHex;
        CertificateAuthority authority = client.Issuer.Authority;
        CertificateProfile? profile = null;
        if (await client.Issuer.FindRecordAsync(serial, context.RequestAborted).ConfigureAwait(false) is { } former)
        {
            profile = FindProfile(former.Intent.ProfileName);
            TimeSpan? validity = await rules.ApplyAsync(client.Issuer, profile, asked: null, context.RequestAborted).ConfigureAwait(false);
            profile = profile with { DefaultValidity = validity ?? profile.DefaultValidity };
        }

        return await RecordAsync(
            context, $"certificate {serial} {client.Certificate.Subject}", client.Issuer, "renewal", evidence: null, serial,
            () => authority.RenewAsync(serial, newKey, profile, context.RequestAborted)).ConfigureAwait(false);
    }

    public async ValueTask<IssuedCertificate> IssueAsync(HttpContext context, Caller caller, HostedIssuer issuer, CertificateProfile profile, IssuanceRequest request, string? replaces = null)
    {
        IssuanceRequest allowed = request with { Validity = await rules.ApplyAsync(issuer, profile, request.Validity, context.RequestAborted).ConfigureAwait(false) };
        return await RecordAsync(context, caller.Actor, issuer, profile.Name, request.EvidenceReference, replaces, () => issuer.Authority.IssueAsync(profile, allowed, context.RequestAborted)).ConfigureAwait(false);
    }

    /// <summary>Issues what a registration authority makes of an application, recorded and counted like any other.</summary>
    public async ValueTask<IssuedCertificate> IssueAsync(HttpContext context, Caller caller, HostedIssuer issuer, CertificateProfile profile, string evidence, Func<TimeSpan?, ValueTask<IssuedCertificate>> issue)
    {
        TimeSpan? validity = await rules.ApplyAsync(issuer, profile, asked: null, context.RequestAborted).ConfigureAwait(false);
        return await RecordAsync(context, caller.Actor, issuer, profile.Name, evidence, replaces: null, () => issue(validity)).ConfigureAwait(false);
    }

    /// <summary>Records a certificate that was made and revoked at once, because what it states changed meanwhile.</summary>
    public async ValueTask RecordUndoneAsync(HttpContext context, string actor, HostedIssuer issuer, string profile, IssuedCertificate issued, string? evidence, string? replaces = null)
    {
        issuer.ForgetStatuses();
        metrics.CertificateIssued(issuer.Name, profile);
        metrics.CertificateRevoked(issuer.Name);
        await audit.RecordAsync(IssuanceAudit.Issued(actor, context.TraceIdentifier, issuer, profile, issued, evidence, replaces)).ConfigureAwait(false);
        await audit.RecordAsync(new AuditEntry("certificate.revoked", actor, issued.SerialNumber) { RequestId = context.TraceIdentifier, Details = [("issuer", issuer.Name), ("reason", nameof(RevocationReason.AffiliationChanged))] }).ConfigureAwait(false);
    }

    private async ValueTask<IssuedCertificate> RecordAsync(
        HttpContext context, string actor, HostedIssuer issuer, string profile, string? evidence, string? replaces, Func<ValueTask<IssuedCertificate>> issue)
    {
        try
        {
            IssuedCertificate issued = await issue().ConfigureAwait(false);
            if (replaces is not null && !await IsInForceAsync(issuer, replaces).ConfigureAwait(false))
            {
                await issuer.Authority.RevokeAsync(issued.SerialNumber, RevocationReason.AffiliationChanged, invalidityDate: null, CancellationToken.None).ConfigureAwait(false);
                await RecordUndoneAsync(context, actor, issuer, profile, issued, evidence, replaces).ConfigureAwait(false);
                throw new RequestRefusedException(StatusCodes.Status409Conflict, "not-in-force", "原证书在续期期间已失效，新证书已吊销 / The certificate was revoked while it was renewed; so was its successor");
            }

            await audit.RecordAsync(IssuanceAudit.Issued(actor, context.TraceIdentifier, issuer, profile, issued, evidence, replaces)).ConfigureAwait(false);
            metrics.CertificateIssued(issuer.Name, profile);
            return issued;
        }
        catch (IssuanceRefusedException refusal)
        {
            await audit.RecordAsync(new AuditEntry("certificate.refused", actor, issuer.Name) { RequestId = context.TraceIdentifier, Details = [("profile", profile), ("code", refusal.Code)] }).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the certificate that is renewed still is: its subject may have ended or changed while its successor was made.</summary>
    private static async ValueTask<bool> IsInForceAsync(HostedIssuer issuer, string serial) =>
        await issuer.FindRecordAsync(serial, CancellationToken.None).ConfigureAwait(false) is { Status: CertificateState.Issued };
}
