using ESign.AspNetCore.Access;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Applications;

/// <summary><c>/api/v1/applications/persons</c>: persons apply, are checked, decided on, certified, and change their telephone number.</summary>
internal static class PersonApi
{
    public static void Map(RouteGroupBuilder applications)
    {
        RouteGroupBuilder group = applications.MapGroup("/persons").WithTags("Applications");
        group.MapPost("", SubmitAsync).WithSummary("A person applies (实名认证)").Produces<PersonDocument>(StatusCodes.Status201Created);
        group.MapGet("", ListAsync).WithSummary("Persons' applications in a state").Produces<IReadOnlyList<PersonDocument>>();
        group.MapGet("/{id}", GetAsync).WithSummary("One application; unmask=reason shows personal data in full and is recorded").Produces<PersonDocument>();
        group.MapPost("/{id}/decision", DecideAsync).WithSummary("A reviewer decides").Produces<PersonDocument>();
        group.MapPost("/{id}/withdraw", WithdrawAsync).WithSummary("The applicant takes the application back").Produces<PersonDocument>();
        group.MapPost("/{id}/mobile", RebindAsync).WithSummary("Bind another telephone number after a face check (换绑手机)").Produces<PersonDocument>();
        group.MapPost("/{id}/certificate", CertifyAsync).WithSummary("Issue the person's certificate").Produces<IssuedDocument>(StatusCodes.Status201Created);
        group.MapPost("/{id}/end", EndAsync).WithSummary("The identity ended: revoke its certificates").Produces<PersonOutcomeDocument>();
        applications.MapPost("/mobiles/release", ReleaseAsync).WithTags("Applications").WithSummary("The holder of a number gives it free after a face check, so that another person can register with it").Produces<PersonDocument>();
    }

    private static async Task<IResult> SubmitAsync(HttpContext context, PersonRequest body, AccessControl access, RegistrationDesk desk, ActJournal journal, TimeProvider time)
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
        PersonApplication person = await desk.RegisterPersonAsync(claim, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.submitted", person).ConfigureAwait(false);
        return Results.Created($"/api/v1/applications/persons/{person.Id}", PersonDocument.From(person));
    }

    private static async Task<IReadOnlyList<PersonDocument>> ListAsync(HttpContext context, string? state, AccessControl access, RegistrationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReadApplications).ConfigureAwait(false);
        ApplicationState? wanted = state is null ? null : RequestNumbers.Choice<ApplicationState>(state, "state");
        var found = new List<PersonDocument>();
        await foreach (StoredApplication<PersonApplication> stored in desk.Applications.ListPersonsAsync(wanted, ApplicationDesk.Page, context.RequestAborted).ConfigureAwait(false))
        {
            if (ApplicationDesk.IsVisible(caller, stored.Application.SubmittedBy))
            {
                found.Add(PersonDocument.From(stored.Application));
            }
        }

        return found;
    }

    private static async Task<PersonDocument> GetAsync(HttpContext context, string id, string? unmask, AccessControl access, ApplicationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, unmask is null ? Permission.ReadApplications : Permission.ReadPersonalData).ConfigureAwait(false);
        PersonApplication person = await desk.PersonAsync(context, caller, id).ConfigureAwait(false);
        if (unmask is not null)
        {
            await desk.RecordUnmaskingAsync(context, caller, id, unmask).ConfigureAwait(false);
        }

        return PersonDocument.From(person, unmask is not null);
    }

    private static async Task<PersonDocument> DecideAsync(HttpContext context, string id, DecisionRequest body, AccessControl access, RegistrationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        PersonApplication person = await desk.DecidePersonAsync(id, body.Approved, caller.Actor, RequestNumbers.Text(body.Reason, "reason"), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.decided", person).ConfigureAwait(false);
        return PersonDocument.From(person);
    }

    private static async Task<PersonDocument> WithdrawAsync(HttpContext context, string id, ReasonRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.PersonAsync(context, caller, id).ConfigureAwait(false);
        PersonApplication person = await desk.Desk.WithdrawPersonAsync(id, RequestNumbers.Text(body.Reason, "reason"), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.withdrawn", person).ConfigureAwait(false);
        return PersonDocument.From(person);
    }

    private static async Task<PersonDocument> RebindAsync(HttpContext context, string id, MobileRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        await desk.PersonAsync(context, caller, id).ConfigureAwait(false);
        PersonApplication person = await desk.Desk.RebindMobileAsync(id, RequestNumbers.Mobile(body.Mobile), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.mobile-rebound", person).ConfigureAwait(false);
        return PersonDocument.From(person);
    }

    private static async Task<PersonDocument> ReleaseAsync(HttpContext context, MobileRequest body, AccessControl access, RegistrationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        PersonApplication person = await desk.ReleaseMobileAsync(RequestNumbers.Mobile(body.Mobile), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.mobile-released", person).ConfigureAwait(false);
        return PersonDocument.From(person);
    }

    private static async Task<IResult> CertifyAsync(HttpContext context, string id, CertificateRequest body, AccessControl access, ApplicationDesk desk)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications, body.Issuer).ConfigureAwait(false);
        await desk.PersonAsync(context, caller, id).ConfigureAwait(false);
        return await desk.IssueAsync(context, caller, body.Issuer, CertificateProfile.Person, id, (authority, validity) => authority.IssuePersonAsync(id, body.Csr, validity, context.RequestAborted)).ConfigureAwait(false);
    }

    private static async Task<PersonOutcomeDocument> EndAsync(HttpContext context, string id, ReasonRequest body, AccessControl access, ApplicationDesk desk, ActJournal journal)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        PersonApplication before = await desk.PersonAsync(context, caller, id).ConfigureAwait(false);
        before.RequireEndable();
        (PersonApplication person, int revoked) = await desk.RevokeEverywhereAsync(
            context, caller, code: null, before.Document, RevocationReason.AffiliationChanged,
            async authority => (await authority.EndPersonAsync(id, reason, cancellationToken: context.RequestAborted).ConfigureAwait(false)).Application).ConfigureAwait(false);
        await RecordAsync(context, caller, journal, "application.ended", person, ("reason", reason), ("revoked", $"{revoked}")).ConfigureAwait(false);
        return new PersonOutcomeDocument(PersonDocument.From(person), revoked);
    }

    private static async ValueTask RecordAsync(HttpContext context, Caller caller, ActJournal journal, string action, PersonApplication person, params IReadOnlyList<(string, string?)> details)
    {
        await journal.RecordAsync(context, caller, action, person.Id, [("kind", "person"), ("state", person.State.ToString()), .. details]).ConfigureAwait(false);
        await journal.TellAsync("PersonVerificationChange", new() { ["ApplicationId"] = person.Id, ["Action"] = action, ["State"] = person.State.ToString(), ["Assurance"] = person.Assurance?.ToString() }).ConfigureAwait(false);
    }
}
