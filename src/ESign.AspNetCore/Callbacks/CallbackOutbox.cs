using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Audit;
using ESign.Registration.Protection;
using ESign.Registration.Records;

namespace ESign.AspNetCore.Callbacks;

/// <summary>Messages on their way out: kept durably with the act they tell of, bounded, each under an identifier its receiver can know again.</summary>
/// <remarks>The envelope is that of Chinese signing platforms: <c>MsgId</c>, <c>MsgType</c>, <c>MsgVersion</c>, <c>MsgData</c>.</remarks>
internal sealed class CallbackOutbox(IRecordStore store, DataKeyRing keys, IReadOnlyList<CallbackReceiver> receivers, CallbackSettings settings, AuditLog audit, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SemaphoreSlim _news = new(0, 1);

    public RecordSet<CallbackMessage> Messages { get; } = new(
        store, keys, "callback", CallbackJsonContext.Default.CallbackMessage, static message => new RecordFacts(message.Id, message.State.ToString()) { DueAt = message.DueAt });

    /// <summary>Tells every receiver that wants to know.</summary>
    /// <param name="type">What happened, for example <c>CreateOrganization</c>.</param>
    /// <param name="data">The facts, members capitalised; no personal numbers.</param>
    /// <param name="onceKey">For events told once in the life of a subject: which subject.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask RaiseAsync(string type, JsonObject data, string? onceKey = null, CancellationToken cancellationToken = default)
    {
        CallbackReceiver[] wanting = [.. receivers.Where(receiver => receiver.Wants(type))];
        if (wanting.Length == 0)
        {
            return;
        }

        string id = onceKey is null ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)) : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keys.Hash("callback", $"{type}\n{onceKey}"))).AsSpan(0, 16));
        var envelope = new JsonObject { ["MsgId"] = id, ["MsgType"] = type, ["MsgVersion"] = "ESign-1", ["MsgData"] = data };
        string body = envelope.ToJsonString(Readable);
        DateTimeOffset now = time.GetUtcNow();
        foreach (CallbackReceiver receiver in wanting)
        {
            if (await Messages.CountAsync(nameof(CallbackState.Pending), cancellationToken).ConfigureAwait(false) >= settings.MaximumPending)
            {
                await audit.RecordAsync(new AuditEntry("callback.dropped", "service", id) { Details = [("type", type), ("receiver", receiver.Name)] }).ConfigureAwait(false);
                continue;
            }

            // A conflict means that the event was told before: once is enough.
            await Messages.AddAsync(
                new CallbackMessage { Id = $"{id}-{receiver.Name}", Receiver = receiver.Name, Type = type, Body = body, CreatedAt = now, DueAt = now, IsOnce = onceKey is not null },
                cancellationToken).ConfigureAwait(false);
        }

        if (_news.CurrentCount == 0)
        {
            try
            {
                _news.Release();
            }
            catch (SemaphoreFullException) // somebody else just did
            {
                return;
            }
        }
    }

    /// <summary>Waits until there may be something to deliver.</summary>
    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => await _news.WaitAsync(atMost, cancellationToken).ConfigureAwait(false);
}
