using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.Registration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Applications;

/// <summary>A kind of application as the endpoints see it: listed, shown, decided on and withdrawn like every other, kept and described in its own way.</summary>
internal abstract class ApplicationKind<TApplication, TDocument>(ApplicationDesk desk)
    where TApplication : class, IApplication
{
    public ApplicationDesk Desk { get; } = desk;

    public RegistrationDesk Registration => Desk.Desk;

    /// <summary>Maps what every kind has.</summary>
    /// <param name="group">The addresses of the kind.</param>
    /// <param name="kind">The name in descriptions, for example "Persons' applications".</param>
    public static void Map(RouteGroupBuilder group, string kind)
    {
        group.MapGet("", static (HttpContext context, string? state, bool? overdue, int? limit, string? after, AccessControl access, ApplicationKind<TApplication, TDocument> kind) => kind.ListAsync(context, state, overdue == true, limit, after, access))
            .WithSummary($"{kind}, by identifier: in a state, limit at a time (100; at most 1000), after the next of the page before; overdue=true: what a reviewer should have decided on, longest first, on one page").Produces<PageDocument<TDocument>>();
        group.MapGet("/{id}", static (HttpContext context, string id, string? unmask, AccessControl access, ApplicationKind<TApplication, TDocument> kind) => kind.GetAsync(context, id, unmask, access))
            .WithSummary("One application; unmask=reason shows personal data in full and is recorded").Produces<TDocument>();
        group.MapPost("/{id}/decision", static (HttpContext context, string id, DecisionRequest body, AccessControl access, ApplicationKind<TApplication, TDocument> kind) => kind.DecideAsync(context, id, body, access))
            .WithSummary("A reviewer decides").Produces<TDocument>();
        group.MapPost("/{id}/withdraw", static (HttpContext context, string id, ReasonRequest body, AccessControl access, ApplicationKind<TApplication, TDocument> kind) => kind.WithdrawAsync(context, id, body, access))
            .WithSummary("The applicant takes the application back").Produces<TDocument>();
    }

    /// <summary>Records an act and tells receivers of callbacks.</summary>
    public abstract ValueTask RecordAsync(HttpContext context, Caller caller, string action, TApplication application, params IReadOnlyList<(string, string?)> details);

    protected abstract Task<TApplication> FindAsync(string id, CancellationToken cancellationToken);

    protected abstract IAsyncEnumerable<StoredApplication<TApplication>> ListAsync(ApplicationQuery query, CancellationToken cancellationToken);

    protected abstract Task<TApplication> DecideAsync(string id, bool approved, string reviewer, string reason, CancellationToken cancellationToken);

    protected abstract Task<TApplication> WithdrawAsync(string id, string reason, CancellationToken cancellationToken);

    protected abstract TDocument Describe(TApplication application, bool unmasked = false);

    /// <summary>An application the caller may see. A client sees its own; another's is as absent as one that does not exist.</summary>
    public async Task<TApplication> RequireAsync(HttpContext context, Caller caller, string id)
    {
        TApplication application = await FindAsync(id, context.RequestAborted).ConfigureAwait(false);
        return caller.IsStaff || string.Equals(application.SubmittedBy, caller.Token.Name, StringComparison.Ordinal) ? application : throw ApplicationRepositoryExtensions.Unknown(id);
    }

    /// <summary>An application that whoever hands in applications acts on: the caller's own, or any for an officer.</summary>
    public async Task<(Caller Caller, TApplication Application)> RequireOwnAsync(HttpContext context, string id, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, Permission.SubmitApplications).ConfigureAwait(false);
        return (caller, await RequireAsync(context, caller, id).ConfigureAwait(false));
    }

    private async Task<PageDocument<TDocument>> ListAsync(HttpContext context, string? state, bool overdue, int? limit, string? after, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReadApplications).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, overdue ? null : after);
        var query = new ApplicationQuery
        {
            State = state is null ? null : RequestNumbers.Choice<ApplicationState>(state, "state"),
            SubmittedBy = caller.IsStaff ? null : caller.Token.Name,
            ReviewDueBy = overdue ? Desk.Now : null,
            After = page.After,
            Limit = overdue ? page.Limit : page.Limit + 1,
        };
        return await page.CollectAsync(ListAsync(query, context.RequestAborted), stored => Describe(stored.Application), static stored => stored.Application.Id).ConfigureAwait(false);
    }

    private async Task<TDocument> GetAsync(HttpContext context, string id, string? unmask, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, unmask is null ? Permission.ReadApplications : Permission.ReadPersonalData).ConfigureAwait(false);
        TApplication application = await RequireAsync(context, caller, id).ConfigureAwait(false);
        if (unmask is not null)
        {
            await Desk.RecordUnmaskingAsync(context, caller, id, unmask).ConfigureAwait(false);
        }

        return Describe(application, unmask is not null);
    }

    private async Task<TDocument> DecideAsync(HttpContext context, string id, DecisionRequest body, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, Permission.ReviewApplications).ConfigureAwait(false);
        TApplication application = await DecideAsync(id, body.Approved, caller.Actor, RequestNumbers.Text(body.Reason, "reason"), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, "application.decided", application).ConfigureAwait(false);
        return Describe(application);
    }

    private async Task<TDocument> WithdrawAsync(HttpContext context, string id, ReasonRequest body, AccessControl access)
    {
        (Caller caller, _) = await RequireOwnAsync(context, id, access).ConfigureAwait(false);
        TApplication application = await WithdrawAsync(id, RequestNumbers.Text(body.Reason, "reason"), context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, "application.withdrawn", application).ConfigureAwait(false);
        return Describe(application);
    }
}
