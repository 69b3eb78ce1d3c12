using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Api;

/// <summary><c>/api/v1/certificates</c>: issue, find, renew, revoke, hold and release.</summary>
internal static class CertificateApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/certificates").WithTags("Certificates");
        group.MapPost("", IssueAsync).WithSummary("Issue a certificate for a verified subject").Produces<CertificateDocument>(StatusCodes.Status201Created);
        group.MapGet("", ListAsync).WithSummary("Find an issuer's certificates, the oldest first, page by page").Produces<PageDocument<CertificateDocument>>();
        group.MapGet("/{serial}", GetAsync).WithSummary("One certificate").Produces<CertificateDocument>();
        group.MapPost("/{serial}/renew", RenewAsync).WithSummary("Issue a successor for the same subject").Produces<CertificateDocument>(StatusCodes.Status201Created);
        group.MapPost("/{serial}/revoke", RevokeAsync).WithSummary("Revoke").Produces<CertificateDocument>();
        group.MapPost("/{serial}/hold", HoldAsync).WithSummary("Suspend").Produces<CertificateDocument>();
        group.MapPost("/{serial}/release", ReleaseAsync).WithSummary("End a suspension").Produces<CertificateDocument>();
    }

    private static async Task<IResult> IssueAsync(HttpContext context, IssueDocument body, IssuerDirectory issuers, AccessControl access, CertificateIssuance issuance)
    {
        HostedIssuer issuer = issuers.Find(body.Issuer);
        Caller caller = await access.RequireAsync(context, Permission.IssueCertificates, issuer.Name).ConfigureAwait(false);
        CertificateProfile profile = CertificateIssuance.FindProfile(body.Profile);
        IssuanceRequest request = ToRequest(body.Csr, body.Subject.ToSubject(), body.ValidityDays, body.EmailAddress, body.Evidence);
        IssuedCertificate issued = await issuance.IssueAsync(context, caller, issuer, profile, request).ConfigureAwait(false);
        return await CreatedAsync(context, issuer, issued).ConfigureAwait(false);
    }

    private static async Task<IResult> RenewAsync(HttpContext context, string serial, RenewDocument body, string? issuer, IssuerDirectory issuers, AccessControl access, CertificateIssuance issuance)
    {
        HostedIssuer hosted = issuers.Find(issuer);
        Caller caller = await access.RequireAsync(context, Permission.IssueCertificates, hosted.Name).ConfigureAwait(false);
        CertificateRecord record = await FindAsync(context, hosted, serial).ConfigureAwait(false);
        CertificateSubject subject = body.Subject.ToSubject();
        string? pseudonym = subject.Document is { } document ? hosted.Authority.Options.Pseudonyms.Compute(document) : null;
        if (!string.Equals(record.Intent.CreditCode, subject.CreditCode?.Value, StringComparison.Ordinal) || !string.Equals(record.Intent.Pseudonym, pseudonym, StringComparison.Ordinal))
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "other-subject", "主体与原证书不符 / The subject is not that of the certificate to renew");
        }

        if (record.Status != CertificateState.Issued)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "not-in-force", "原证书已失效，不能续期 / The certificate is not in force: issue a new one");
        }

        IssuanceRequest request = ToRequest(body.Csr, subject, body.ValidityDays, body.EmailAddress, body.Evidence);
        IssuedCertificate issued = await issuance.IssueAsync(context, caller, hosted, CertificateIssuance.FindProfile(record.Intent.ProfileName), request, record.SerialNumber).ConfigureAwait(false);
        return await CreatedAsync(context, hosted, issued).ConfigureAwait(false);
    }

    private static async Task<PageDocument<CertificateDocument>> ListAsync(
        HttpContext context, string? issuer, CertificateState? status, string? creditCode, DateTimeOffset? expiresBefore, int? limit, string? after, IssuerDirectory issuers, AccessControl access)
    {
        HostedIssuer hosted = issuers.Find(issuer);
        await access.RequireAsync(context, Permission.ReadCertificates, hosted.Name).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        var query = new CertificateQuery
        {
            IssuerId = hosted.Authority.Id,
            Status = status,
            CreditCode = creditCode,
            NotAfterBefore = expiresBefore,
            After = page.After is null ? null : CertificateCursor.TryParse(page.After, out CertificateCursor place) ? place : throw PageRequest.WrongAfter(),
            Limit = page.Limit + 1,
        };
        return await page.CollectAsync(
            hosted.Authority.Repository.ListAsync(query, context.RequestAborted), record => Describe(hosted, record), static record => CertificateCursor.Of(record).ToString()).ConfigureAwait(false);
    }

    private static async Task<CertificateDocument> GetAsync(HttpContext context, string serial, string? issuer, IssuerDirectory issuers, AccessControl access)
    {
        HostedIssuer hosted = issuers.Find(issuer);
        await access.RequireAsync(context, Permission.ReadCertificates, hosted.Name).ConfigureAwait(false);
        CertificateRecord record = await FindAsync(context, hosted, serial).ConfigureAwait(false);
        return Describe(hosted, record) with { Chain = Chain(hosted) };
    }

    private static Task<CertificateDocument> RevokeAsync(HttpContext context, string serial, RevokeDocument body, string? issuer, IssuerDirectory issuers, AccessControl access, AuditLog audit, ServiceMetrics metrics)
    {
        if (body.Reason == RevocationReason.CertificateHold)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "reason", "暂停请用hold / To suspend, use hold");
        }

        return ChangeAsync(context, serial, issuer, issuers, access, audit, metrics, "certificate.revoked", body.Reason, (authority, cancellationToken) => authority.RevokeAsync(serial, body.Reason, body.InvalidityDate, cancellationToken));
    }

    private static Task<CertificateDocument> HoldAsync(HttpContext context, string serial, string? issuer, IssuerDirectory issuers, AccessControl access, AuditLog audit, ServiceMetrics metrics) =>
        ChangeAsync(context, serial, issuer, issuers, access, audit, metrics, "certificate.held", RevocationReason.CertificateHold, (authority, cancellationToken) => authority.RevokeAsync(serial, RevocationReason.CertificateHold, invalidityDate: null, cancellationToken));

    private static Task<CertificateDocument> ReleaseAsync(HttpContext context, string serial, string? issuer, IssuerDirectory issuers, AccessControl access, AuditLog audit, ServiceMetrics metrics) =>
        ChangeAsync(context, serial, issuer, issuers, access, audit, metrics, "certificate.released", reason: null, (authority, cancellationToken) => authority.ReleaseAsync(serial, cancellationToken));

    private static async Task<CertificateDocument> ChangeAsync(
        HttpContext context, string serial, string? issuer, IssuerDirectory issuers, AccessControl access, AuditLog audit, ServiceMetrics metrics,
        string action, RevocationReason? reason, Func<CertificateAuthority, CancellationToken, ValueTask<RevocationOutcome>> change)
    {
        HostedIssuer hosted = issuers.Find(issuer);
        Caller caller = await access.RequireAsync(context, Permission.RevokeCertificates, hosted.Name).ConfigureAwait(false);
        CertificateRecord before = await FindAsync(context, hosted, serial).ConfigureAwait(false);
        if (CertificateProfile.FromName(before.Intent.ProfileName) is { IsAuthority: true })
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "authority", "CA证书须由两名管理员共同吊销（/api/v1/approvals） / An authority's certificate is revoked by two administrators: ask for it at /api/v1/approvals");
        }

        RevocationOutcome outcome;
        try
        {
            outcome = await change(hosted.Authority, context.RequestAborted).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "revocation", exception.Message);
        }

        if (outcome != RevocationOutcome.Done)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "state", $"证书状态不允许（{outcome}） / The certificate's state does not allow it ({outcome})");
        }

        await audit.RecordAsync(context, caller, action, before.SerialNumber, ("issuer", hosted.Name), ("reason", reason?.ToString())).ConfigureAwait(false);
        hosted.ForgetStatuses();
        if (reason is not null)
        {
            metrics.CertificateRevoked(hosted.Name);
        }

        return Describe(hosted, await FindAsync(context, hosted, serial).ConfigureAwait(false));
    }

    private static IssuanceRequest ToRequest(string csr, CertificateSubject subject, int? validityDays, string? emailAddress, string? evidence)
    {
        try
        {
            return IssuanceRequest.FromCsr(csr, subject) with
            {
                Validity = validityDays is { } days ? TimeSpan.FromDays(days) : null,
                EmailAddress = emailAddress,
                EvidenceReference = evidence,
            };
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "request", exception.Message);
        }
    }

    private static async ValueTask<CertificateRecord> FindAsync(HttpContext context, HostedIssuer issuer, string serial) =>
        await issuer.FindRecordAsync(serial, context.RequestAborted).ConfigureAwait(false)
        ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-certificate", $"{issuer.Name} 没有签发过序列号为 {serial} 的证书 / {issuer.Name} never issued serial number {serial}");

    private static async ValueTask<IResult> CreatedAsync(HttpContext context, HostedIssuer issuer, IssuedCertificate issued)
    {
        CertificateRecord record = await FindAsync(context, issuer, issued.SerialNumber).ConfigureAwait(false);
        return Results.Created($"/api/v1/certificates/{issued.SerialNumber}?issuer={issuer.Name}", Describe(issuer, record) with { Chain = Chain(issuer) });
    }

    private static IReadOnlyList<string> Chain(HostedIssuer issuer) => [.. issuer.Chain.Select(static certificate => certificate.ToPem() + "\n")];

    private static CertificateDocument Describe(HostedIssuer issuer, CertificateRecord record) => new()
    {
        Issuer = issuer.Name,
        SerialNumber = record.SerialNumber,
        Profile = record.Intent.ProfileName,
        Subject = record.Intent.SubjectName,
        CreditCode = record.Intent.CreditCode,
        Status = record.Status,
        NotBefore = record.Intent.NotBefore,
        NotAfter = record.Intent.NotAfter,
        RevokedAt = record.Revocation?.RevokedAt,
        Reason = record.Revocation?.Reason,
        Certificate = record.Certificate.IsEmpty ? null : Certificate.Decode(record.Certificate).ToPem() + "\n",
    };
}
