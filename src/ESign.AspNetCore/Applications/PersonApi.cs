using ESign.AspNetCore.Access;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Applications;

/// <summary><c>/api/v1/applications/persons</c>: persons apply, are checked, decided on, certified, and change their telephone number.</summary>
internal sealed class PersonApi(ApplicationDesk desk, ActJournal journal) : ApplicationKind<PersonApplication, PersonDocument>(desk)
{
    public static void Map(RouteGroupBuilder applications)
    {
        RouteGroupBuilder group = applications.MapGroup("/persons").WithTags("Applications");
        Map(group, "Persons' applications");
        group.MapPost("", SubmitAsync).WithSummary("A person applies (实名认证)").Produces<PersonDocument>(StatusCodes.Status201Created);
        group.MapPost("/{id}/mobile", RebindAsync).WithSummary("Bind another telephone number after a face check (换绑手机)").Produces<PersonDocument>();
        group.MapPost("/{id}/certificate", CertifyAsync).WithSummary("Issue the person's certificate").Produces<IssuedDocument>(StatusCodes.Status201Created);
        group.MapPost("/{id}/end", EndAsync).WithSummary("The identity ended: revoke its certificates").Produces<PersonOutcomeDocument>();
        applications.MapPost("/mobiles/release", ReleaseAsync).WithTags("Applications").WithSummary("The holder of a number gives it free after a face check, so that another person can register with it").Produces<PersonDocument>();
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, PersonRequest body, AccessControl access, PersonApi persons, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        var claim = new PersonClaim
        {
            Name = RequestNumbers.Text(body.Name, "name", 100),
            Document = RequestNumbers.Document(body.DocumentKind, body.DocumentNumber),
            Mobile = body.Mobile is null ? null : RequestNumbers.Mobile(body.Mobile),
            BirthDate = body.BirthDate,
            Consents = [.. body.Consents.Take(20).Select(consent => new Consent(RequestNumbers.Text(consent.DocumentId, "documentId", 100), RequestNumbers.Text(consent.Version, "version", 20), now))],
            SubmittedBy = caller.Token.Name,
        };
        PersonApplication person = await persons.Registration.RegisterPersonAsync(claim, context.RequestAborted).ConfigureAwait(false);
        await persons.RecordAsync(context, caller, "application.submitted", person).ConfigureAwait(false);
        return Results.Created($"/api/v1/applications/persons/{person.Id}", PersonDocument.From(person));
    }

    private static async Task<PersonDocument> RebindAsync(HttpContext context, string id, MobileRequest body, AccessControl access, PersonApi persons)
    {
        (Caller caller, _) = await persons.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        PersonApplication person = await persons.Registration.RebindMobileAsync(id, RequestNumbers.Mobile(body.Mobile), context.RequestAborted).ConfigureAwait(false);
        await persons.RecordAsync(context, caller, "application.mobile-rebound", person).ConfigureAwait(false);
        return PersonDocument.From(person);
    }

    private static async Task<PersonDocument> ReleaseAsync(HttpContext context, MobileRequest body, AccessControl access, PersonApi persons)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        PersonApplication person = await persons.Registration.ReleaseMobileAsync(RequestNumbers.Mobile(body.Mobile), context.RequestAborted).ConfigureAwait(false);
        await persons.RecordAsync(context, caller, "application.mobile-released", person).ConfigureAwait(false);
        return PersonDocument.From(person);
    }

    private static async Task<IResult> CertifyAsync(HttpContext context, string id, CertificateRequest body, AccessControl access, PersonApi persons)
    {
        await persons.RequireOwnAsync(context, id, access).ConfigureAwait(false);
        return await persons.Desk.IssueAsync(access, context, body.Issuer, CertificateProfile.Person, id, (authority, validity) => authority.IssuePersonAsync(id, body.Csr, validity, context.RequestAborted)).ConfigureAwait(false);
    }

    private static async Task<PersonOutcomeDocument> EndAsync(HttpContext context, string id, ReasonRequest body, AccessControl access, PersonApi persons)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        PersonApplication before = await persons.RequireAsync(context, caller, id).ConfigureAwait(false);
        before.RequireEndable();
        (PersonApplication person, int revoked) = await persons.Desk.RevokeEverywhereAsync(
            context, caller, code: null, before.Document, RevocationReason.AffiliationChanged, EndAsync, async authority => (await EndAsync(authority).ConfigureAwait(false)).Application).ConfigureAwait(false);
        await persons.RecordAsync(context, caller, "application.ended", person, ("reason", reason), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new PersonOutcomeDocument(PersonDocument.From(person), revoked);

        Task<(PersonApplication Application, int Revoked)> EndAsync(RegistrationAuthority authority) => authority.EndPersonAsync(id, reason, cancellationToken: context.RequestAborted).AsTask();
    }

    public override async ValueTask RecordAsync(HttpContext context, Caller caller, string action, PersonApplication application, params IReadOnlyList<(string, string?)> details)
    {
        await journal.RecordAsync(context, caller, action, application.Id, [("kind", "person"), ("state", application.State.ToString()), .. details]).ConfigureAwait(false);
        await journal.TellAsync(
            "PersonVerificationChange",
            new() { ["ApplicationId"] = application.Id, ["Action"] = action, ["State"] = application.State.ToString(), ["Assurance"] = application.Assurance?.ToString() }).ConfigureAwait(false);
    }

    protected override Task<PersonApplication> FindAsync(string id, CancellationToken cancellationToken) => Registration.Applications.RequirePersonAsync(id, cancellationToken);

    protected override IAsyncEnumerable<StoredApplication<PersonApplication>> ListAsync(ApplicationQuery query, CancellationToken cancellationToken) => Registration.Applications.ListPersonsAsync(query, cancellationToken);

    protected override Task<PersonApplication> DecideAsync(string id, bool approved, string reviewer, string reason, CancellationToken cancellationToken) => Registration.DecidePersonAsync(id, approved, reviewer, reason, cancellationToken);

    protected override Task<PersonApplication> WithdrawAsync(string id, string reason, CancellationToken cancellationToken) => Registration.WithdrawPersonAsync(id, reason, cancellationToken);

    protected override PersonDocument Describe(PersonApplication application, bool unmasked = false) => PersonDocument.From(application, unmasked);
}
