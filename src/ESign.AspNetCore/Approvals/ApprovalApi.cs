using System.Security.Cryptography;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Registration;
using ESign.Registration.Operators;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Approvals;

/// <summary><c>/api/v1/approvals</c>: one administrator asks, another approves; both are in the audit log.</summary>
internal sealed class ApprovalApi(IRecordStore store, DataKeyRing keys, ActExecutor executor, OperatorDesk operators, AuditLog audit, TimeProvider time)
{
    /// <summary>A request waits for so long: long enough for the other to come back from a weekend.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromDays(3);

    private readonly RecordSet<PendingAct> _acts = new(store, keys, "approval", ApprovalJsonContext.Default.PendingAct, static act => new RecordFacts(act.Id, act.State.ToString()));

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/approvals").WithTags("Approvals");
        group.MapPost("", static (HttpContext context, ActRequest body, AccessControl access, ApprovalApi approvals) => approvals.RequestAsync(context, body, access))
            .WithSummary("Ask for something that takes two administrators").Produces<ActDocument>(StatusCodes.Status202Accepted);
        group.MapGet("", static (HttpContext context, string? state, int? limit, string? after, AccessControl access, ApprovalApi approvals) => approvals.ListAsync(context, state, limit, after, access))
            .WithSummary("What was asked for, in a state, page by page").Produces<PageDocument<ActDocument>>();
        group.MapPost("/{id}/approve", static (HttpContext context, string id, AccessControl access, ApprovalApi approvals) => approvals.ApproveAsync(context, id, access))
            .WithSummary("Approve as the second administrator: it is done at once").Produces<ActDocument>();
        group.MapPost("/{id}/reject", static (HttpContext context, string id, ReasonRequest body, AccessControl access, ApprovalApi approvals) => approvals.RejectAsync(context, id, body, access))
            .WithSummary("Refuse, or take back what one asked for oneself").Produces<ActDocument>();
    }

    private async Task<IResult> RequestAsync(HttpContext context, ActRequest body, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, Permission.RequestActs).ConfigureAwait(false);
        RequestNumbers.Text(body.Reason, "reason");
        await executor.CheckAsync(body, context.RequestAborted).ConfigureAwait(false);
        DateTimeOffset now = time.GetUtcNow();
        var act = new PendingAct
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Request = body,
            RequestedBy = caller.Token.Operator!,
            RequestedByName = caller.Actor,
            RequestedAt = now,
            ExpiresAt = now + Life,
        };
        act = act with { SetupCodeHalf = act.GivesSetupCode ? OperatorDesk.NewSetupCode() : null };
        await _acts.AddAsync(act, context.RequestAborted).ConfigureAwait(false);
        await RecordAsync(context, caller, "approval.requested", act).ConfigureAwait(false);
        return Results.Accepted($"/api/v1/approvals/{act.Id}", ActDocument.From(act) with { SetupCodeHalf = act.SetupCodeHalf });
    }

    private async Task<PageDocument<ActDocument>> ListAsync(HttpContext context, string? state, int? limit, string? after, AccessControl access)
    {
        await access.RequireAsync(context, Permission.ReadAudit).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        IAsyncEnumerable<Versioned<PendingAct>> acts = _acts.ListAsync(state is null ? null : RequestNumbers.Choice<ActState>(state, "state").ToString(), after: page.After, limit: page.Limit + 1, cancellationToken: context.RequestAborted);
        return await page.CollectAsync(acts, static act => ActDocument.From(act.Value), static act => act.Value.Id).ConfigureAwait(false);
    }

    private async Task<ActDocument> ApproveAsync(HttpContext context, string id, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, Permission.ApproveActs).ConfigureAwait(false);
        string half = OperatorDesk.NewSetupCode();
        await RequireAskerAsync(context, id).ConfigureAwait(false);
        PendingAct approved = await DecideAsync(context, id, act => string.Equals(act.RequestedBy, caller.Token.Operator, StringComparison.Ordinal)
            ? throw new RequestRefusedException(StatusCodes.Status403Forbidden, "dual-control", "申请人不能批准自己的申请，须由另一名管理员批准 / Whoever asked cannot approve: another administrator has to")
            : act with { State = ActState.Done, DecidedByName = caller.Actor, DecidedAt = time.GetUtcNow(), SetupCodeHalf = null }).ConfigureAwait(false);
        await RecordAsync(context, caller, "approval.approved", approved).ConfigureAwait(false);
        string outcome;
        ActState state = ActState.Done;
        try
        {
            outcome = await executor.ExecuteAsync(approved.Request, approved.SetupCodeHalf + half, $"{approved.RequestedByName}, {caller.Actor}", CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RequestRefusedException or RegistrationException)
        {
            state = ActState.Failed;
            outcome = exception.Message;
        }

        PendingAct done = (await _acts.ChangeAsync(id, act => act with { State = state, Outcome = outcome, SetupCodeHalf = null }, CancellationToken.None).ConfigureAwait(false))!;
        await RecordAsync(context, caller, state == ActState.Done ? "approval.done" : "approval.failed", done).ConfigureAwait(false);
        return ActDocument.From(done) with { SetupCodeHalf = done is { State: ActState.Done, GivesSetupCode: true } ? half : null };
    }

    private async Task<ActDocument> RejectAsync(HttpContext context, string id, ReasonRequest body, AccessControl access)
    {
        Caller caller = await access.RequireAsync(context, Permission.ApproveActs).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        PendingAct rejected = await DecideAsync(context, id, act => act with { State = ActState.Rejected, DecidedByName = caller.Actor, DecidedAt = time.GetUtcNow(), Outcome = reason, SetupCodeHalf = null }).ConfigureAwait(false);
        await RecordAsync(context, caller, "approval.rejected", rejected).ConfigureAwait(false);
        return ActDocument.From(rejected);
    }

    /// <summary>Whoever asked and is no administrator any more has asked for nothing.</summary>
    private async Task RequireAskerAsync(HttpContext context, string id)
    {
        if (await _acts.FindAsync(id, context.RequestAborted).ConfigureAwait(false) is { Value: { } act }
            && await operators.FindAsync(act.RequestedBy, context.RequestAborted).ConfigureAwait(false) is not { State: OperatorState.Active, HasAdministered: true })
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, "dual-control", "申请人已不是有效管理员 / Whoever asked is not an administrator any more");
        }
    }

    /// <summary>Of several who decide at the same time one succeeds. The answer still has the setup code's half, which the store has no more.</summary>
    private async Task<PendingAct> DecideAsync(HttpContext context, string id, Func<PendingAct, PendingAct> decide)
    {
        string? half = null;
        PendingAct? decided = await _acts.ChangeAsync(
            id,
            act =>
            {
                half = act.SetupCodeHalf;
                return act.State == ActState.Requested && time.GetUtcNow() < act.ExpiresAt
                    ? decide(act)
                    : throw new RegistrationException("approval-state", "申请已处理或已过期 / It was decided already, or nobody did in time");
            },
            context.RequestAborted).ConfigureAwait(false);
        return decided is null
            ? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-approval", $"没有申请{id} / There is no request {id}")
            : decided with { SetupCodeHalf = half };
    }

    private Task RecordAsync(HttpContext context, Caller caller, string action, PendingAct act) => audit.RecordAsync(
        context, caller, action, act.Id,
        ("kind", act.Request.Kind.ToString()), ("issuer", act.Request.Issuer), ("serial", act.Request.SerialNumber), ("profile", act.Request.Profile), ("login", act.Request.Login),
        ("requestedBy", act.RequestedByName), ("reason", act.Request.Reason), ("outcome", act.Outcome));
}

/// <summary>An act as answers show it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Request">What was asked for.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RequestedBy">Who asked.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="ExpiresAt">Until when another may approve.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="SetupCodeHalf">For an administrator who is invited or reset: one half of the setup code, shown once. The asking administrator has the first, the approving one the second.</param>
internal sealed record ActDocument(
    string Id, ActRequest Request, ActState State, string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt, string? DecidedBy, DateTimeOffset? DecidedAt, string? Outcome, string? SetupCodeHalf = null)
{
    public static ActDocument From(PendingAct act) =>
        new(act.Id, act.Request, act.State, act.RequestedByName, act.RequestedAt, act.ExpiresAt, act.DecidedByName, act.DecidedAt, act.Outcome);
}
