using System.Text.Json.Nodes;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Callbacks;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Applications;

/// <summary>Where an act goes once it is done: a leaf of the audit log, and a message to those who want to know. No personal numbers in either.</summary>
internal sealed class ActJournal(AuditLog audit, CallbackOutbox outbox)
{
    /// <summary>Records an act.</summary>
    public Task RecordAsync(HttpContext context, Caller caller, string action, string subject, params IReadOnlyList<(string Name, string? Value)> details) =>
        audit.RecordAsync(context, caller, action, subject, details);

    /// <summary>Tells receivers of callbacks.</summary>
    public ValueTask TellAsync(string type, JsonObject data, string? onceKey = null) => outbox.RaiseAsync(type, data, onceKey, CancellationToken.None);
}
