using ESign.AspNetCore.Access;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Applications;

/// <summary><c>/api/v1/applications/enterprises</c>: organisations apply, are decided on, certified, change and end. Authorisation: <see cref="AuthorizationApi"/>.</summary>
internal sealed class EnterpriseApi(ApplicationDesk desk, ActJournal journal, PersonApi persons) : ApplicationKind<EnterpriseApplication, EnterpriseDocument>(desk)
{
    private PersonApi Persons { get; } = persons;

    public static void Map(RouteGroupBuilder applications)
    {
        RouteGroupBuilder group = applications.MapGroup("/enterprises").WithTags("Applications");
        Map(group, "Organisations' applications");
        group.MapPost("", SubmitAsync).WithSummary("An organisation applies (企业认证)").Produces<EnterpriseDocument>(StatusCodes.Status201Created);
        group.MapPost("/{id}/certificate", CertifyAsync).WithSummary("Issue the organisation's seal certificate").Produces<IssuedDocument>(StatusCodes.Status201Created);
        group.MapPost("/{id}/operators", AddOperatorAsync).WithSummary("A verified person joins the organisation").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/operators/{personId}/certificate", CertifyOperatorAsync).WithSummary("Issue a certificate to a person of the organisation").Produces<IssuedDocument>(StatusCodes.Status201Created);
        group.MapDelete("/{id}/operators/{personId}", RemoveOperatorAsync).WithSummary("A person leaves: certificates and seal grants end").Produces<EnterpriseOutcomeDocument>();
        group.MapPost("/{id}/change", RequestChangeAsync).WithSummary("Ask for a change of name, legal representative or super administrator").Produces<EnterpriseDocument>();
        group.MapDelete("/{id}/change", WithdrawChangeAsync).WithSummary("Take a change back while it is under review").Produces<EnterpriseDocument>();
        group.MapPost("/{id}/change/decision", DecideChangeAsync).WithSummary("A reviewer decides on the change asked for at requestedAt").Produces<EnterpriseOutcomeDocument>();
        group.MapPost("/{id}/recheck", RecheckAsync).WithSummary("Ask the business register again").Produces<EnterpriseOutcomeDocument>();
        group.MapPost("/{id}/end", EndAsync).WithSummary("The identity ended: revoke its certificates, cancel its seals").Produces<EnterpriseOutcomeDocument>();
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, EnterpriseRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await enterprises.Persons.RequireAsync(context, caller, body.SuperAdministratorId).ConfigureAwait(false);
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
        EnterpriseApplication enterprise = await enterprises.Registration.RegisterEnterpriseAsync(claim, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "application.submitted", enterprise).ConfigureAwait(false);
        return Results.Created($"/api/v1/applications/enterprises/{enterprise.Id}", EnterpriseDocument.From(enterprise));
    }

    private static async Task<IResult> CertifyAsync(HttpContext context, string id, CertificateRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        return await enterprises.Desk.IssueAsync(access, context, body.Issuer, CertificateProfile.EnterpriseSeal, id, (authority, validity) => authority.IssueEnterpriseAsync(id, body.Csr, validity, context.RequestAborted)).ConfigureAwait(false);
    }

    private static async Task<EnterpriseDocument> AddOperatorAsync(HttpContext context, string id, OperatorRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        await enterprises.Persons.RequireAsync(context, caller, body.PersonId).ConfigureAwait(false);
        EnterpriseApplication enterprise = await enterprises.Registration.AddOperatorAsync(id, body.PersonId, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "operator.added", enterprise, ("person", body.PersonId)).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<IResult> CertifyOperatorAsync(HttpContext context, string id, string personId, CertificateRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        return await enterprises.Desk.IssueAsync(
            access, context, body.Issuer, CertificateProfile.EnterpriseOperator, $"{id}; {personId}", (authority, validity) => authority.IssueOperatorAsync(id, personId, body.Csr, validity, context.RequestAborted)).ConfigureAwait(false);
    }

    private static async Task<EnterpriseOutcomeDocument> RemoveOperatorAsync(HttpContext context, string id, string personId, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, EnterpriseApplication before) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        if (caller.IsStaff)
        {
            await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false); // for others than oneself, what reaches every issuer takes a token that does
        }

        PersonApplication person = await enterprises.Registration.Applications.RequirePersonAsync(personId, context.RequestAborted).ConfigureAwait(false);
        before.RemoveOperator(personId); // refuses a stranger before anything is revoked
        (_, int revoked) = await enterprises.Desk.RevokeEverywhereAsync(
            context, caller, before.Code, person.Document, RevocationReason.AffiliationChanged,
            authority => authority.BeginRemovalAsync(id, personId, context.RequestAborted), authority => authority.RemoveOperatorAsync(id, personId, context.RequestAborted)).ConfigureAwait(false);
        await enterprises.Desk.RevokeSealGrantsAsync(context, id, personId).ConfigureAwait(false);
        EnterpriseApplication enterprise = await enterprises.Registration.Applications.RequireEnterpriseAsync(id, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "operator.removed", enterprise, ("person", personId), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new EnterpriseOutcomeDocument(EnterpriseDocument.From(enterprise), revoked, SealsCancelled: 0);
    }

    private static async Task<EnterpriseDocument> RequestChangeAsync(HttpContext context, string id, ChangeRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        if (body.Kind == EnterpriseChangeKind.SuperAdministrator)
        {
            await enterprises.Persons.RequireAsync(context, caller, body.NewValue).ConfigureAwait(false);
        }

        EnterpriseApplication enterprise = await enterprises.Registration.RequestChangeAsync(
            id, body.Kind, RequestNumbers.Text(body.NewValue, "newValue", 100), RequestNumbers.Text(body.Reason, "reason"), RequestNumbers.Text(body.RequestedBy, "requestedBy", 200), cancellationToken: context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "change.requested", enterprise, ("change", body.Kind.ToString())).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<EnterpriseDocument> WithdrawChangeAsync(HttpContext context, string id, AccessControl access, EnterpriseApi enterprises)
    {
        (Caller caller, _) = await enterprises.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        EnterpriseApplication enterprise = await enterprises.Registration.WithdrawChangeAsync(id, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "change.withdrawn", enterprise).ConfigureAwait(false);
        return EnterpriseDocument.From(enterprise);
    }

    private static async Task<EnterpriseOutcomeDocument> DecideChangeAsync(HttpContext context, string id, ChangeDecisionRequest body, AccessControl access, EnterpriseApi enterprises, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        EnterpriseApplication before = await enterprises.Registration.Applications.RequireEnterpriseAsync(id, context.RequestAborted).ConfigureAwait(false);
        bool isPerson = before.RequirePendingChange(body.RequestedAt).Kind == EnterpriseChangeKind.SuperAdministrator;
        EnterpriseApplication after;
        int revoked = 0;
        if (body.Approved)
        {
            before.DecideChange(approved: true, caller.Actor, reason, time.GetUtcNow()); // refuses before anything is revoked
            (after, revoked) = await enterprises.Desk.RevokeEverywhereAsync(
                context, caller, before.Code, isPerson ? before.SuperAdministrator.Document : null, RevocationReason.AffiliationChanged,
                authority => authority.GrantChangeAsync(id, body.RequestedAt, context.RequestAborted),
                async authority => (await authority.DecideChangeAsync(id, approved: true, caller.Actor, reason, context.RequestAborted).ConfigureAwait(false)).Application).ConfigureAwait(false);
        }
        else
        {
            after = await enterprises.Registration.RefuseChangeAsync(id, caller.Actor, reason, body.RequestedAt, context.RequestAborted).ConfigureAwait(false);
        }

        int cancelled = body.Approved && !isPerson ? await enterprises.Desk.CancelSealsAsync(context, caller, after, "企业信息变更 / the organisation changed").ConfigureAwait(false) : 0;
        await enterprises.RecordAsync(context, caller, "change.decided", after, ("approved", body.Approved ? "yes" : "no"), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new EnterpriseOutcomeDocument(EnterpriseDocument.From(after), revoked, cancelled);
    }

    private static async Task<EnterpriseOutcomeDocument> RecheckAsync(HttpContext context, string id, AccessControl access, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        EnterpriseApplication enterprise = await enterprises.Registration.RecheckAsync(id, context.RequestAborted).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "registry.rechecked", enterprise, ("mismatchSince", $"{enterprise.MismatchFoundAt:O}")).ConfigureAwait(false);
        return enterprise.State == ApplicationState.Ended
            ? await EndIdentityAsync(context, caller, id, enterprise.Decision!, enterprises).ConfigureAwait(false)
            : new EnterpriseOutcomeDocument(EnterpriseDocument.From(enterprise), Revoked: 0, SealsCancelled: 0);
    }

    private static async Task<EnterpriseOutcomeDocument> EndAsync(HttpContext context, string id, ReasonRequest body, AccessControl access, EnterpriseApi enterprises)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        return await EndIdentityAsync(context, caller, id, RequestNumbers.Text(body.Reason, "reason"), enterprises).ConfigureAwait(false);
    }

    private static async Task<EnterpriseOutcomeDocument> EndIdentityAsync(HttpContext context, Caller caller, string id, string reason, EnterpriseApi enterprises)
    {
        EnterpriseApplication before = await enterprises.Registration.Applications.RequireEnterpriseAsync(id, context.RequestAborted).ConfigureAwait(false);
        before.RequireEndable();
        (EnterpriseApplication enterprise, int revoked) = await enterprises.Desk.RevokeEverywhereAsync(
            context, caller, before.Code, person: null, RevocationReason.CessationOfOperation, EndAsync, async authority => (await EndAsync(authority).ConfigureAwait(false)).Application).ConfigureAwait(false);
        int cancelled = await enterprises.Desk.CancelSealsAsync(context, caller, enterprise, reason).ConfigureAwait(false);
        await enterprises.RecordAsync(context, caller, "application.ended", enterprise, ("reason", reason), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new EnterpriseOutcomeDocument(EnterpriseDocument.From(enterprise), revoked, cancelled);

        Task<(EnterpriseApplication Application, int Revoked)> EndAsync(RegistrationAuthority authority) => authority.EndEnterpriseAsync(id, reason, cancellationToken: context.RequestAborted).AsTask();
    }

    /// <inheritdoc/>
    /// <remarks>That an organisation exists is told once.</remarks>
    public override async ValueTask RecordAsync(HttpContext context, Caller caller, string action, EnterpriseApplication application, params IReadOnlyList<(string, string?)> details)
    {
        await journal.RecordAsync(context, caller, action, application.Id, [("kind", "enterprise"), ("state", application.State.ToString()), .. details]).ConfigureAwait(false);
        await journal.TellAsync("OrganizationVerificationChange", new() { ["ApplicationId"] = application.Id, ["Action"] = action, ["State"] = application.State.ToString(), ["OrganizationName"] = application.Name }).ConfigureAwait(false);
        if (application.State == ApplicationState.Approved)
        {
            await journal.TellAsync("CreateOrganization", new() { ["ApplicationId"] = application.Id, ["OrganizationName"] = application.Name, ["UniformSocialCreditCode"] = application.Code.Value }, application.Code.Value).ConfigureAwait(false);
        }
    }

    protected override Task<EnterpriseApplication> FindAsync(string id, CancellationToken cancellationToken) => Registration.Applications.RequireEnterpriseAsync(id, cancellationToken);

    protected override IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListAsync(ApplicationQuery query, CancellationToken cancellationToken) => Registration.Applications.ListEnterprisesAsync(query, cancellationToken);

    protected override Task<EnterpriseApplication> DecideAsync(string id, bool approved, string reviewer, string reason, CancellationToken cancellationToken) => Registration.DecideEnterpriseAsync(id, approved, reviewer, reason, cancellationToken);

    protected override Task<EnterpriseApplication> WithdrawAsync(string id, string reason, CancellationToken cancellationToken) => Registration.WithdrawEnterpriseAsync(id, reason, cancellationToken);

    protected override EnterpriseDocument Describe(EnterpriseApplication application, bool unmasked = false) => EnterpriseDocument.From(application, unmasked);
}
