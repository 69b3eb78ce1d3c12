using ESign.AspNetCore.Access;
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
    private const int Page = 1000;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/callbacks").WithTags("Callbacks");
        group.MapGet("", ListAsync).WithSummary("Messages that were given up, or (pending=true) wait").Produces<IReadOnlyList<CallbackDocument>>();
        group.MapPost("/{id}/retry", RetryAsync).WithSummary("Try a message again now").Produces<CallbackDocument>();
    }

    private static async Task<IReadOnlyList<CallbackDocument>> ListAsync(HttpContext context, bool? pending, AccessControl access, CallbackOutbox outbox)
    {
        await access.RequireAsync(context, Permission.ReadAudit).ConfigureAwait(false);
        var found = new List<CallbackDocument>();
        await foreach (Versioned<CallbackMessage> message in outbox.Messages.ListAsync(pending == true ? nameof(CallbackState.Pending) : nameof(CallbackState.Failed), limit: Page, cancellationToken: context.RequestAborted).ConfigureAwait(false))
        {
            found.Add(CallbackDocument.From(message.Value));
        }

        return found;
    }

    private static async Task<CallbackDocument> RetryAsync(HttpContext context, string id, AccessControl access, CallbackOutbox outbox, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.ManageTokens).ConfigureAwait(false);
        CallbackMessage message = await outbox.Messages.ChangeAsync(id, found => found with { State = CallbackState.Pending, Attempts = 0, DueAt = time.GetUtcNow() }, context.RequestAborted).ConfigureAwait(false)
            ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-callback", $"没有消息{id} / There is no message {id}");
        await audit.RecordAsync(new AuditEntry("callback.retried", caller.Actor, id) { RequestId = context.TraceIdentifier }, CancellationToken.None).ConfigureAwait(false);
        return CallbackDocument.From(message);
    }
}

/// <summary>A message on its way; its content is for its receiver.</summary>
internal sealed record CallbackDocument(string Id, string Receiver, string Type, CallbackState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? DueAt, string? LastError)
{
    public static CallbackDocument From(CallbackMessage message) =>
        new(message.Id, message.Receiver, message.Type, message.State, message.Attempts, message.CreatedAt, message.DueAt, message.LastError);
}
