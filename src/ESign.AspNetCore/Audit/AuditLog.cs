using System.Threading.Channels;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Operations;
using ESign.Pki.Transparency;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Audit;

/// <summary>Records what happens; returns when the record is durable. Callers that come together are committed together.</summary>
/// <remarks>The queue is bounded: when the store cannot keep up, callers are refused rather than their records lost.</remarks>
internal sealed class AuditLog : IAsyncDisposable
{
    private const int QueueLength = 4096;
    private const int BatchSize = 1024;
    private const int MaximumRecord = ushort.MaxValue;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly ITransparencyLog _log;
    private readonly TimeProvider _time;
    private readonly ServiceMetrics _metrics;
    private readonly Task _writer;

    public AuditLog(ITransparencyLog log, TimeProvider time, ServiceMetrics metrics)
    {
        _log = log;
        _time = time;
        _metrics = metrics;
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Records an entry. What has happened is recorded whether or not somebody still waits: there is no cancelling.</summary>
    /// <exception cref="RequestRefusedException">Too many records wait already (503).</exception>
    public Task RecordAsync(AuditEntry entry)
    {
        var pending = new Pending(entry.Encode(_time.GetUtcNow()));
        if (pending.Record.Length > MaximumRecord)
        {
            throw new InvalidOperationException($"A record of {pending.Record.Length} bytes: the log's bundles take {MaximumRecord} (C2SP tlog-tiles).");
        }

        if (!_queue.Writer.TryWrite(pending))
        {
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "audit-busy", "审计日志繁忙，请稍后再试 / The audit log is busy; try again later", TimeSpan.FromSeconds(1));
        }

        return pending.Done.Task;
    }

    /// <summary>Records what somebody asked for and got.</summary>
    /// <exception cref="RequestRefusedException">Too many records wait already (503).</exception>
    public Task RecordAsync(HttpContext context, Caller caller, string action, string subject, params IReadOnlyList<(string Name, string? Value)> details) =>
        RecordAsync(new AuditEntry(action, caller.Actor, subject) { RequestId = context.TraceIdentifier, Details = details });

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer.ConfigureAwait(false);
    }

    private async Task WriteAsync()
    {
        var batch = new List<Pending>(BatchSize);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < BatchSize && _queue.Reader.TryRead(out Pending? pending))
            {
                batch.Add(pending);
            }

            try
            {
                await _log.AppendAsync([.. batch.Select(static pending => (ReadOnlyMemory<byte>)pending.Record)]).ConfigureAwait(false);
                _metrics.AuditAppended(batch.Count);
                batch.ForEach(static pending => pending.Done.SetResult());
            }
            catch (Exception exception) // whatever the store throws belongs to those who wait
            {
                batch.ForEach(pending => pending.Done.SetException(exception));
            }
        }
    }

    private sealed record Pending(byte[] Record)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
