using ESign.AspNetCore.Audit;
using ESign.Registration.Records;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Callbacks;

/// <summary>Delivers messages: at least once, receiver by receiver, again after the times of the schedule, until the receiver answers 200.</summary>
/// <remarks>Several servers share the work: whoever moves a message's due time first has it. A server that dies leaves it to the others after the lease.</remarks>
internal sealed class CallbackDelivery(CallbackOutbox outbox, CallbackClient client, IReadOnlyList<CallbackReceiver> receivers, CallbackSettings settings, AuditLog audit, TimeProvider time, ILogger<CallbackDelivery> logger)
    : BackgroundService
{
    private const int Batch = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Delivers what is due.</summary>
    /// <returns>How many messages were tried.</returns>
    public async Task<int> DeliverDueAsync(CancellationToken cancellationToken)
    {
        var due = new List<Versioned<CallbackMessage>>();
        await foreach (Versioned<CallbackMessage> message in outbox.Messages.ListAsync(dueBy: time.GetUtcNow(), limit: Batch, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            due.Add(message);
        }

        // A slow receiver holds up its own messages only.
        await Task.WhenAll(due.GroupBy(static message => message.Value.Receiver, StringComparer.Ordinal).Select(async group =>
        {
            foreach (Versioned<CallbackMessage> message in group)
            {
                await HandleAsync(message, cancellationToken).ConfigureAwait(false);
            }
        })).ConfigureAwait(false);
        return due.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (receivers.Count == 0)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                int tried = await DeliverDueAsync(stoppingToken).ConfigureAwait(false);
                if (tried < Batch)
                {
                    await outbox.WaitAsync(Pause, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) // whatever the store throws: the messages are still there
            {
                logger.LogError(exception, "Callbacks could not be delivered; the next attempt is in {Pause}", Pause);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandleAsync(Versioned<CallbackMessage> due, CancellationToken cancellationToken)
    {
        CallbackMessage message = due.Value;
        if (message.State == CallbackState.Delivered)
        {
            await outbox.Messages.RemoveAsync(message.Id, cancellationToken).ConfigureAwait(false);
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        CallbackMessage claimed = message with { Attempts = message.Attempts + 1, DueAt = now + (settings.Timeout * 3) };
        if (await outbox.Messages.ReplaceAsync(due with { Value = claimed }, cancellationToken).ConfigureAwait(false) != RecordOutcome.Done)
        {
            return; // another server has it
        }

        CallbackReceiver? receiver = receivers.FirstOrDefault(each => string.Equals(each.Name, message.Receiver, StringComparison.Ordinal));
        string? error = receiver is null ? "the receiver is not in the settings" : await client.PostAsync(receiver, message.Body, cancellationToken).ConfigureAwait(false);
        CallbackMessage done = Conclude(claimed, error, time.GetUtcNow());
        await outbox.Messages.ReplaceAsync(new Versioned<CallbackMessage>(done, due.Version + 1), cancellationToken).ConfigureAwait(false);
        if (error is not null)
        {
            logger.LogWarning("Callback {Id} ({Type}), attempt {Attempt}: {Error}", message.Id, message.Type, claimed.Attempts, error);
        }

        if (done.State == CallbackState.Failed)
        {
            await audit.RecordAsync(new AuditEntry("callback.failed", "service", message.Id) { Details = [("type", message.Type), ("error", error)] }).ConfigureAwait(false);
        }
    }

    private CallbackMessage Conclude(CallbackMessage message, string? error, DateTimeOffset now)
    {
        if (error is null)
        {
            return message with { State = CallbackState.Delivered, LastError = null, DueAt = message.IsOnce ? null : now + Kept };
        }

        return message.Attempts > settings.Schedule.Count
            ? message with { State = CallbackState.Failed, LastError = error, DueAt = null }
            : message with { LastError = error, DueAt = now + settings.Schedule[message.Attempts - 1] };
    }
}
