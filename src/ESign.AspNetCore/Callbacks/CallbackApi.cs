using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Registration.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Callbacks;

/// <summary><c>/api/v1/callbacks</c>: what could not be delivered, and trying again. Receivers are settings, never requests.</summary>
internal static class CallbackApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/callbacks").WithTags("Callbacks");
        group.MapGet("", ListAsync).WithSummary("Messages that were given up, or (pending=true) wait, page by page").Produces<PageDocument<CallbackDocument>>();
        group.MapPost("/{id}/retry", RetryAsync).WithSummary("Try a message again now").Produces<CallbackDocument>();
    }

    private static async Task<PageDocument<CallbackDocument>> ListAsync(HttpContext context, bool? pending, int? limit, string? after, AccessControl access, CallbackOutbox outbox)
    {
        await access.RequireAsync(context, Permission.ReadAudit).ConfigureAwait(false);
        PageRequest page = PageRequest.Read(limit, after);
        IAsyncEnumerable<Versioned<CallbackMessage>> messages = outbox.Messages.ListAsync(pending == true ? nameof(CallbackState.Pending) : nameof(CallbackState.Failed), after: page.After, limit: page.Limit + 1, cancellationToken: context.RequestAborted);
        return await page.CollectAsync(messages, static message => CallbackDocument.From(message.Value), static message => message.Value.Id).ConfigureAwait(false);
    }

    private static async Task<CallbackDocument> RetryAsync(HttpContext context, string id, AccessControl access, CallbackOutbox outbox, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        CallbackMessage message = await outbox.Messages.ChangeAsync(id, found => found with { State = CallbackState.Pending, Attempts = 0, DueAt = time.GetUtcNow() }, context.RequestAborted).ConfigureAwait(false)
            ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-callback", $"没有消息{id} / There is no message {id}");
        await audit.RecordAsync(context, caller, "callback.retried", id).ConfigureAwait(false);
        return CallbackDocument.From(message);
    }
}

/// <summary>A message on its way; its content is for its receiver.</summary>
internal sealed record CallbackDocument(string Id, string Receiver, string Type, CallbackState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, string? LastError)
{
    public static CallbackDocument From(CallbackMessage message) =>
        new(message.Id, message.Receiver, message.Type, message.State, message.Attempts, message.CreatedAt, message.DueAt, message.LastError);
}
