namespace ESign.Pki.Transparency;

/// <summary>Keeps an append-only log: records, the nodes of their Merkle tree, and the checkpoints signed over it.</summary>
/// <remarks>Safe under concurrent callers, also of several processes on one store; an answer means the change is durable.</remarks>
public interface ITransparencyLog
{
    /// <summary>Appends records, all or none.</summary>
    /// <param name="records">The records' bytes; at least one.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The index of the first.</returns>
    internal ValueTask<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken = default);

    /// <summary>Opens the tree as it is now, for roots and proofs.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The tree; it does not grow.</returns>
    internal ValueTask<MerkleTree> OpenTreeAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads records in their order.</summary>
    /// <param name="start">The first index.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The records present.</returns>
    internal IAsyncEnumerable<LogRecord> ReadAsync(long start, long count, CancellationToken cancellationToken = default);

    /// <summary>Keeps a checkpoint; one for a size that has one already is ignored.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that ends when it is kept.</returns>
    internal ValueTask SaveCheckpointAsync(SavedCheckpoint checkpoint, CancellationToken cancellationToken = default);

    /// <summary>Lists checkpoints, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The checkpoints.</returns>
    internal IAsyncEnumerable<SavedCheckpoint> ListCheckpointsAsync(int limit = int.MaxValue, CancellationToken cancellationToken = default);
}
