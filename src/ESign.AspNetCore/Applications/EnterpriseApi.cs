using ESign.AspNetCore.Access;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Applications;

/// <summary><c>/api/v1/applications/enterprises</c>: organisations apply, are decided on, certified, change and end. Authorisation: <see cref="AuthorizationApi"/>.</summary>
internal static class EnterpriseApi
{
    public static void Map(RouteGroupBuilder applications)
    {
        RouteGroupBuilder group = applications.MapGroup("/enterprises").WithTags("Applications");
        group.MapPost("", SubmitAsync).WithSummary("An organisation applies (企业认证)").Produces<EnterpriseDocument>(StatusCodes.Status201Created);
        group.MapGet("", ListAsync).WithSummary("Organisations' applications in a state").Produces<IReadOnlyList<EnterpriseDocument>>();
        group.MapGet("/{id}", GetAsync).WithSummary("One application; unmask=reason shows personal data in full and is recorded").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/decision", DecideAsync).WithSummary("A reviewer decides").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/withdraw", WithdrawAsync).WithSummary("The applicant takes the application back").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/certificate", CertifyAsync).WithSummary("Issue the organisation's seal certificate").Produces<IssuedDocument>(StatusCodes.Status201Created);
        group.MapPost("/{id}/operators", AddOperatorAsync).WithSummary("A verified person joins the organisation").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/operators/{personId}/certificate", CertifyOperatorAsync).WithSummary("Issue a certificate to a person of the organisation").Produces<IssuedDocument>(StatusCodes.Status201Created);
        group.MapDelete("/{id}/operators/{personId}", RemoveOperatorAsync).WithSummary("A person leaves: certificates and seal grants end").Produces<EnterpriseOutcomeDocument>();
        group.MapPost("/{id}/change", RequestChangeAsync).WithSummary("Ask for a change of name, legal representative or super administrator").Produces<EnterpriseDocument>();
        group.MapDelete("/{id}/change", WithdrawChangeAsync).WithSummary("Take a change back while it is under review").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/change/decision", DecideChangeAsync).WithSummary("A reviewer decides on a change").Produces<EnterpriseOutcomeDocument>();
        group.MapPost("/{id}/recheck", RecheckAsync).WithSummary("Ask the business register again").Produces<EnterpriseOutcomeDocument>();
        group.MapPost("/{id}/end", EndAsync).WithSummary("The identity ended: revoke its certificates, cancel its seals").Produces<EnterpriseOutcomeDocument>();
    }

    /// <summary>Records an act and tells receivers of callbacks; that an organisation exists is told once.</summary>
    internal static async ValueTask RecordAsync(HttpContext context, Caller caller, ActJournal journal, string action, EnterpriseApplication enterprise, params IReadOnlyList<(string, string?)> details)
    {
        await journal.RecordAsync(context, caller, action, enterprise.Id, [("kind", "enterprise"), ("state", enterprise.State.ToString()), .. details]).ConfigureAwait(false);
        await journal.TellAsync("OrganizationVerificationChange", new() { ["ApplicationId"] = enterprise.Id, ["Action"] = action, ["State"] = enterprise.State.ToString(), ["OrganizationName"] = enterprise.Name }).ConfigureAwait(false);
        if (enterprise.State == ApplicationState.Approved)
        {
            await journal.TellAsync("CreateOrganization", new() { ["ApplicationId"] = enterprise.Id, ["OrganizationName"] = enterprise.Name, ["UniformSocialCreditCode"] = enterprise.Code.Value }, enterprise.Code.Value).ConfigureAwait(false);
        }
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, EnterpriseRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.PersonAsync(context, caller, body.SuperAdministratorId).ConfigureAwait(false);
        var claim = new EnterpriseClaim
        {
            Name = RequestNumbers.Text(body.Name, "name", 100),
            Code = RequestNumbers.CreditCode(body.CreditCode),
            LegalRepresentative = RequestNumbers.Text(body.LegalRepresentative, "legalRepresentative", 100),
            LegalRepresentativeDocument = body is { LegalRepresentativeDocumentKind: { } kind, LegalRepresentativeDocumentNumber: { } number } ? RequestNumbers.Document(kind, number) : null,
            IsLegalRepresentativeForeign = body.IsLegalRepresentativeForeign,
            SuperAdministratorId = body.SuperAdministratorId,
            SubmittedBy = caller.Token.Name,
        };
        EnterpriseApplication enterprise = await desk.Desk.RegisterEnterpriseAsync(claim, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.submitted", enterprise).ConfigureAwait(false);
        return Results.Created($"/api/v1/applications/enterprises/{enterprise.Id}", EnterpriseDocument.From(enterprise));
    }

    private static async Task<IReadOnlyList<EnterpriseDocument>> ListAsync(HttpContext context, string? state, AccessControl access, RegistrationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReadApplications).ConfigureAwait(false);
        ApplicationState? wanted = state is null ? null : RequestNumbers.Choice<ApplicationState>(state, "state");
        var found = new List<EnterpriseDocument>();
        await foreach (StoredApplication<EnterpriseApplication> stored in desk.Applications.ListEnterprisesAsync(wanted, ApplicationDesk.Page, context.RequestAborted).ConfigureAwait(false))
        {
            if (ApplicationDesk.IsVisible(caller, stored.Application.SubmittedBy))
            {
                found.Add(EnterpriseDocument.From(stored.Application));
            }
        }

        return found;
    }

    private static async Task<EnterpriseDocument> GetAsync(HttpContext context, string id, string? unmask, AccessControl access, ApplicationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, unmask is null ? Permission.ReadApplications : Permission.ReadPersonalData).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        if (unmask is not null)
        {
            await desk.RecordUnmaskingAsync(context, caller, id, unmask).ConfigureAwait(false);
        }

        return EnterpriseDocument.From(enterprise, unmask is not null);
    }

    private static async Task<EnterpriseDocument> DecideAsync(HttpContext context, string id, DecisionRequest body, AccessControl access, RegistrationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.DecideEnterpriseAsync(id, body.Approved, caller.Actor, RequestNumbers.Text(body.Reason, "reason"), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.decided", enterprise).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<EnterpriseDocument> WithdrawAsync(HttpContext context, string id, ReasonRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.Desk.WithdrawEnterpriseAsync(id, RequestNumbers.Text(body.Reason, "reason"), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.withdrawn", enterprise).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<IResult> CertifyAsync(HttpContext context, string id, CertificateRequest body, AccessControl access, ApplicationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications, body.Issuer).ConfigureAwait(false);
        await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        return await desk.IssueAsync(context, caller, body.Issuer, CertificateProfile.EnterpriseSeal, id, (authority, validity) => authority.IssueEnterpriseAsync(id, body.Csr, validity, context.RequestAborted)).ConfigureAwait(false);
    }

    private static async Task<EnterpriseDocument> AddOperatorAsync(HttpContext context, string id, OperatorRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        await desk.PersonAsync(context, caller, body.PersonId).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.Desk.AddOperatorAsync(id, body.PersonId, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "operator.added", enterprise, ("person", body.PersonId)).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<IResult> CertifyOperatorAsync(HttpContext context, string id, string personId, CertificateRequest body, AccessControl access, ApplicationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications, body.Issuer).ConfigureAwait(false);
        await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        return await desk.IssueAsync(
            context, caller, body.Issuer, CertificateProfile.EnterpriseOperator, $"{id}; {personId}", (authority, validity) => authority.IssueOperatorAsync(id, personId, body.Csr, validity, context.RequestAborted)).ConfigureAwait(false);
    }

    private static async Task<EnterpriseOutcomeDocument> RemoveOperatorAsync(HttpContext context, string id, string personId, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        EnterpriseApplication before = await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        PersonApplication person = await desk.Desk.RequirePersonAsync(personId, context.RequestAborted).ConfigureAwait(false);
        before.RemoveOperator(personId); // refuses a stranger before anything is revoked
        await desk.RevokeSealGrantsAsync(context, id, personId).ConfigureAwait(false);
        (_, int revoked) = await desk.RevokeEverywhereAsync(
            context, caller, before.Code, person.Document, RevocationReason.AffiliationChanged, authority => authority.RemoveOperatorAsync(id, personId, context.RequestAborted)).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.Desk.RequireEnterpriseAsync(id, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "operator.removed", enterprise, ("person", personId), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new EnterpriseOutcomeDocument(EnterpriseDocument.From(enterprise), revoked, SealsCancelled: 0);
    }

    private static async Task<EnterpriseDocument> RequestChangeAsync(HttpContext context, string id, ChangeRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        if (body.Kind == EnterpriseChangeKind.SuperAdministrator)
        {
            await desk.PersonAsync(context, caller, body.NewValue).ConfigureAwait(false);
        }

        EnterpriseApplication enterprise = await desk.Desk.RequestChangeAsync(
            id, body.Kind, RequestNumbers.Text(body.NewValue, "newValue", 100), RequestNumbers.Text(body.Reason, "reason"), RequestNumbers.Text(body.RequestedBy, "requestedBy", 200), cancellationToken: context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "change.requested", enterprise, ("change", body.Kind.ToString())).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<EnterpriseDocument> WithdrawChangeAsync(HttpContext context, string id, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.EnterpriseAsync(context, caller, id).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.Desk.WithdrawChangeAsync(id, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "change.withdrawn", enterprise).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<EnterpriseOutcomeDocument> DecideChangeAsync(HttpContext context, string id, DecisionRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        EnterpriseApplication before = await desk.Desk.RequireEnterpriseAsync(id, context.RequestAborted).ConfigureAwait(false);
        bool isPerson = before.PendingChange?.Kind == EnterpriseChangeKind.SuperAdministrator;
        EnterpriseApplication after;
        int revoked = 0;
        if (body.Approved)
        {
            before.DecideChange(approved: true, caller.Actor, reason, time.GetUtcNow()); // refuses before anything is revoked
            (after, revoked) = await desk.RevokeEverywhereAsync(
                context, caller, before.Code, isPerson ? before.SuperAdministrator.Document : null, RevocationReason.AffiliationChanged,
                async authority => (await authority.DecideChangeAsync(id, approved: true, caller.Actor, reason, context.RequestAborted).ConfigureAwait(false)).Application).ConfigureAwait(false);
        }
        else
        {
            after = await desk.Desk.RefuseChangeAsync(id, caller.Actor, reason, context.RequestAborted).ConfigureAwait(false);
        }

        int cancelled = body.Approved && !isPerson ? await desk.CancelSealsAsync(context, caller, after, "企业信息变更 / the organisation changed").ConfigureAwait(false) : 0;
        await RecordAsync(context, caller, journal, "change.decided", after, ("approved", body.Approved ? "yes" : "no"), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new EnterpriseOutcomeDocument(EnterpriseDocument.From(after), revoked, cancelled);
    }

    private static async Task<EnterpriseOutcomeDocument> RecheckAsync(HttpContext context, string id, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        EnterpriseApplication enterprise = await desk.Desk.RecheckAsync(id, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "registry.rechecked", enterprise, ("mismatchSince", $"{enterprise.MismatchFoundAt:O}")).ConfigureAwait(false);
        return enterprise.State == ApplicationState.Ended
            ? await EndIdentityAsync(context, caller, id, enterprise.Decision!, desk, journal).ConfigureAwait(false)
            : new EnterpriseOutcomeDocument(EnterpriseDocument.From(enterprise), Revoked: 0, SealsCancelled: 0);
    }

    private static async Task<EnterpriseOutcomeDocument> EndAsync(HttpContext context, string id, ReasonRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        return await EndIdentityAsync(context, caller, id, RequestNumbers.Text(body.Reason, "reason"), desk, journal).ConfigureAwait(false);
    }

    private static async Task<EnterpriseOutcomeDocument> EndIdentityAsync(HttpContext context, Caller caller, string id, string reason, ApplicationDesk desk, ActJournal journal)
    {
        EnterpriseApplication before = await desk.Desk.RequireEnterpriseAsync(id, context.RequestAborted).ConfigureAwait(false);
        before.RequireEndable();
        (EnterpriseApplication enterprise, int revoked) = await desk.RevokeEverywhereAsync(
            context, caller, before.Code, person: null, RevocationReason.CessationOfOperation,
            async authority => (await authority.EndEnterpriseAsync(id, reason, cancellationToken: context.RequestAborted).ConfigureAwait(false)).Application).ConfigureAwait(false);
        int cancelled = await desk.CancelSealsAsync(context, caller, enterprise, reason).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.ended", enterprise, ("reason", reason), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new EnterpriseOutcomeDocument(EnterpriseDocument.From(enterprise), revoked, cancelled);
    }
}
