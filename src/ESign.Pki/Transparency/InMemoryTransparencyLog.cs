using System.Runtime.CompilerServices;

namespace ESign.Pki.Transparency;

/// <summary>A log in memory, for tests and short-lived programs.</summary>
internal sealed class InMemoryTransparencyLog : ITransparencyLog
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly InMemoryMerkleNodeStore _nodes = new();
    private readonly List<ReadOnlyMemory<byte>> _records = [];
    private readonly SortedDictionary<long, SavedCheckpoint> _checkpoints = [];

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var tree = new MerkleTree(_nodes, _records.Count);
            foreach (ReadOnlyMemory<byte> record in records)
            {
                await tree.AppendAsync(record, CancellationToken.None).ConfigureAwait(false);
            }

            lock (_records)
            {
                long first = _records.Count;
                _records.AddRange(records);
                return first;
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<MerkleTree> OpenTreeAsync(CancellationToken cancellationToken = default)
    {
        lock (_records)
        {
            return ValueTask.FromResult(new MerkleTree(_nodes, _records.Count));
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRecord> ReadAsync(long start, long count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ReadOnlyMemory<byte>[] records;
        lock (_records)
        {
            records = [.. _records];
        }

        await Task.CompletedTask.ConfigureAwait(false);
        for (long index = start; index < records.Length && index - start < count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new LogRecord(index, records[index]);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveCheckpointAsync(SavedCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        lock (_checkpoints)
        {
            _checkpoints.TryAdd(checkpoint.Size, checkpoint);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SavedCheckpoint> ListCheckpointsAsync(int limit = int.MaxValue, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        SavedCheckpoint[] checkpoints;
        lock (_checkpoints)
        {
            checkpoints = [.. _checkpoints.Values.Reverse().Take(limit)];
        }

        await Task.CompletedTask.ConfigureAwait(false);
        foreach (SavedCheckpoint checkpoint in checkpoints)
        {
            yield return checkpoint;
        }
    }
}
