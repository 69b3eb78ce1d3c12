using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Registration;
using ESign.Registration.Seals;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Applications;

/// <summary>What the endpoints of applications share: what reaches every issuer, and what follows for seals.</summary>
internal sealed class ApplicationDesk(RegistrationDesk desk, SealDesk seals, IssuerDirectory issuers, CertificateIssuance issuance, ActJournal journal, ServiceMetrics metrics, TimeProvider time)
{
    public RegistrationDesk Desk { get; } = desk;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Records that somebody is about to read personal data in full, before it is read.</summary>
    public async ValueTask RecordUnmaskingAsync(HttpContext context, Caller caller, string id, string reason) =>
        await journal.RecordAsync(context, caller, "application.unmasked", id, ("reason", RequestNumbers.Text(reason, "unmask", 200))).ConfigureAwait(false);

    /// <summary>Issues a certificate for an application, recorded and counted like any other.</summary>
    public async Task<IResult> IssueAsync(AccessControl access, HttpContext context, string? issuerName, CertificateProfile profile, string evidence, Func<RegistrationAuthority, TimeSpan?, ValueTask<IssuedCertificate>> issue)
    {
        HostedIssuer issuer = issuers.Find(issuerName);
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications, issuer.Name).ConfigureAwait(false);
        IssuedCertificate issued;
        try
        {
            var authority = new RegistrationAuthority(issuer.Authority, Desk.Applications) { Undone = undone => issuance.RecordUndoneAsync(context, caller.Actor, issuer, profile.Name, undone, evidence) };
            issued = await issuance.IssueAsync(context, caller, issuer, profile, evidence, validity => issue(authority, validity)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "request", exception.Message);
        }

        await journal.TellAsync("CertificateIssued", new() { ["ApplicationId"] = evidence, ["Issuer"] = issuer.Name, ["SerialNumber"] = issued.SerialNumber, ["Profile"] = profile.Name }).ConfigureAwait(false);
        var document = new IssuedDocument(
            issuer.Name, issued.SerialNumber, issued.Certificate.NotAfter, issued.Certificate.ToPem() + "\n", [.. issuer.Chain.Select(static certificate => certificate.ToPem() + "\n")]);
        return Results.Created($"/api/v1/certificates/{issued.SerialNumber}?issuer={issuer.Name}", document);
    }

    /// <summary>Revokes what an identity has with every issuer: after <paramref name="begin"/>, which keeps every issuer from certifying it again, and before <paramref name="finish"/>.</summary>
    /// <returns>What the first issuer's authority answered at last, and how many certificates were revoked in all.</returns>
    public async Task<(T Application, int Revoked)> RevokeEverywhereAsync<T>(
        HttpContext context, Caller caller, UnifiedSocialCreditCode? code, IdentityDocument? person, RevocationReason reason, Func<RegistrationAuthority, Task> begin, Func<RegistrationAuthority, ValueTask<T>> finish)
    {
        DateTimeOffset started = time.GetUtcNow();
        var first = new RegistrationAuthority(issuers.Find(name: null).Authority, Desk.Applications);
        await begin(first).ConfigureAwait(false);
        foreach (HostedIssuer issuer in issuers.All.Skip(1))
        {
            await new RegistrationAuthority(issuer.Authority, Desk.Applications).RevokeAsync(code, person, reason, context.RequestAborted).ConfigureAwait(false);
        }

        T answer = await finish(first).ConfigureAwait(false);
        int revoked = 0;
        foreach (HostedIssuer issuer in issuers.All)
        {
            revoked += await RecordRevocationsAsync(context, caller, issuer, code, person, started).ConfigureAwait(false);
        }

        return (answer, revoked);
    }

    /// <summary>What an ended or renamed organisation's seals say is true no longer.</summary>
    public async Task<int> CancelSealsAsync(HttpContext context, Caller caller, EnterpriseApplication enterprise, string reason)
    {
        IReadOnlyList<RegisteredSeal> cancelled = await seals.CancelAllAsync(enterprise.Id, reason, context.RequestAborted).ConfigureAwait(false);
        foreach (RegisteredSeal seal in cancelled)
        {
            await journal.RecordAsync(context, caller, "seal.cancelled", seal.Id, ("enterprise", enterprise.Id), ("reason", reason)).ConfigureAwait(false);
        }

        return cancelled.Count;
    }

    public Task RevokeSealGrantsAsync(HttpContext context, string enterpriseId, string personId) => seals.RevokeAllAsync(enterpriseId, personId, context.RequestAborted);

    private async Task<int> RecordRevocationsAsync(HttpContext context, Caller caller, HostedIssuer issuer, UnifiedSocialCreditCode? code, IdentityDocument? person, DateTimeOffset since)
    {
        CertificateAuthority authority = issuer.Authority;
        var query = new CertificateQuery
        {
            IssuerId = authority.Id,
            Status = CertificateState.Revoked,
            CreditCode = code?.Value,
            Pseudonym = person is null ? null : authority.Options.Pseudonyms.Compute(person),
        };
        int count = 0;
        await foreach (CertificateRecord record in authority.Repository.ListAsync(query, CancellationToken.None).ConfigureAwait(false))
        {
            if (record.Revocation is { } revocation && revocation.RevokedAt >= since)
            {
                await journal.RecordAsync(context, caller, "certificate.revoked", record.SerialNumber, ("issuer", issuer.Name), ("reason", revocation.Reason.ToString())).ConfigureAwait(false);
                metrics.CertificateRevoked(issuer.Name);
                count++;
            }
        }

        if (count > 0)
        {
            issuer.ForgetStatuses();
        }

        return count;
    }
}
