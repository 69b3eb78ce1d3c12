using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Audit;
using ESign.Registration.Access;
using ESign.Registration.Operators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Accounts;

/// <summary><c>/api/v1/operators</c>: administrators invite operators, reset and freeze them. Accounts are never deleted.</summary>
internal static class OperatorApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/operators").WithTags("Accounts");
        group.MapPost("", InviteAsync).WithSummary("Invite an operator; the setup code is shown once").Produces<InvitedDocument>(StatusCodes.Status201Created);
        group.MapGet("", ListAsync).WithSummary("All operators, by login name, page by page").Produces<PageDocument<OperatorDocument>>();
        group.MapPost("/{login}/reset", ResetAsync).WithSummary("A new setup code in place of password and second factor; sessions end, and the administrators' tokens the person answers for").Produces<InvitedDocument>();
        group.MapPost("/{login}/freeze", FreezeAsync).WithSummary("Disable an account; its sessions end, and the administrators' tokens the person answers for").Produces<OperatorDocument>();
        group.MapPost("/{login}/unfreeze", UnfreezeAsync).WithSummary("Enable a frozen account").Produces<OperatorDocument>();
    }

    private static async Task<IResult> InviteAsync(HttpContext context, InviteRequest body, AccessControl access, OperatorDesk desk, Administrators administrators, AuditLog audit)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageOperators).ConfigureAwait(false);
        AccessRoles roles = RoleList.Join(body.Roles);
        string name = RequestNumbers.Text(body.Name, "name", 100);
        await desk.RequireFreeAsync(body.Login, context.RequestAborted).ConfigureAwait(false); // before a recovery token is used up
        await administrators.RequireMayMakeAsync(caller, roles, context.RequestAborted).ConfigureAwait(false);
        string code = OperatorDesk.NewSetupCode();
        OperatorAccount account = await desk.InviteAsync(body.Login, name, roles, code, caller.Actor, context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "operator.invited", account.Login, ("roles", roles.ToString())).ConfigureAwait(false);
        return Results.Created($"/api/v1/operators/{account.Login}", new InvitedDocument(account.Login, code, account.SetupExpiresAt));
    }

    private static async Task<PageDocument<OperatorDocument>> ListAsync(HttpContext context, int? limit, string? after, AccessControl access, OperatorDesk desk)
    {
        await access.RequireAsync(context, Permission.ReadAudit).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        return await page.CollectAsync(desk.ListAsync(page.After, page.Limit + 1, context.RequestAborted), Describe, static account => account.Login).ConfigureAwait(false);
    }

    private static async Task<InvitedDocument> ResetAsync(HttpContext context, string login, AccessControl access, OperatorDesk desk, Sessions sessions, Administrators administrators, AuditLog audit)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageOperators).ConfigureAwait(false);
        OperatorAccount account = await desk.ChangeAsync(login, static found => found, context.RequestAborted).ConfigureAwait(false);
        await administrators.RequireMayResetAsync(caller, account, context.RequestAborted).ConfigureAwait(false);
        string code = OperatorDesk.NewSetupCode();
        account = await desk.ResetAsync(login, code, context.RequestAborted).ConfigureAwait(false);
        await sessions.EndAllAsync(login).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "operator.reset", login).ConfigureAwait(false);
        return new InvitedDocument(login, code, account.SetupExpiresAt);
    }

    private static async Task<OperatorDocument> FreezeAsync(HttpContext context, string login, ReasonRequest body, AccessControl access, OperatorDesk desk, Sessions sessions, AuditLog audit)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageOperators).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        OperatorAccount account = await desk.ChangeAsync(login, found => found with { State = OperatorState.Frozen, Reason = reason, Devices = [] }, context.RequestAborted).ConfigureAwait(false);
        await sessions.EndAllAsync(login).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "operator.frozen", login, ("reason", reason)).ConfigureAwait(false);
        return Describe(account);
    }

    private static async Task<OperatorDocument> UnfreezeAsync(HttpContext context, string login, ReasonRequest body, AccessControl access, OperatorDesk desk, AuditLog audit)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageOperators).ConfigureAwait(false);
        string reason = RequestNumbers.Text(body.Reason, "reason");
        OperatorAccount account = await desk.ChangeAsync(
            login,
            found => found.State != OperatorState.Frozen ? found : found with { State = found.Password is null ? OperatorState.Invited : OperatorState.Active, Reason = reason },
            context.RequestAborted).ConfigureAwait(false);
        await audit.RecordAsync(context, caller, "operator.unfrozen", login, ("reason", reason)).ConfigureAwait(false);
        return Describe(account);
    }

    private static OperatorDocument Describe(OperatorAccount account) => new(account.Login, account.Name, RoleList.Split(account.Roles), account.State, account.Reason, account.CreatedAt, account.InvitedBy, account.SetUpAt);
}
