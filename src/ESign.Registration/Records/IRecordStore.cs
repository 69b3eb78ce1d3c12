namespace ESign.Registration.Records;

/// <summary>Keeps records of any kind: handed from a store to whoever keeps something in it. Safe under concurrent callers and servers; an answer means the change is durable.</summary>
public interface IRecordStore
{
    /// <summary>Adds a record.</summary>
    /// <param name="record">The record; its version is taken as 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What became of it.</returns>
    internal ValueTask<RecordOutcome> AddAsync(StoredRecord record, CancellationToken cancellationToken = default);

    /// <summary>Replaces a record, and its keys unless the new one leaves them.</summary>
    /// <param name="record">The new record, with the version that was read.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What became of it.</returns>
    internal ValueTask<RecordOutcome> ReplaceAsync(StoredRecord record, CancellationToken cancellationToken = default);

    /// <summary>Finds a record.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, or <see langword="null"/>.</returns>
    internal ValueTask<StoredRecord?> FindAsync(string kind, string id, CancellationToken cancellationToken = default);

    /// <summary>Removes a record and its keys.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its identifier.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether there was one.</returns>
    internal ValueTask<bool> RemoveAsync(string kind, string id, CancellationToken cancellationToken = default);

    /// <summary>Lists records.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The records.</returns>
    internal IAsyncEnumerable<StoredRecord> ListAsync(RecordQuery query, CancellationToken cancellationToken = default);

    /// <summary>Counts records.</summary>
    /// <param name="kind">Of which kind.</param>
    /// <param name="state">That stand so.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many there are.</returns>
    internal ValueTask<long> CountAsync(string kind, string state, CancellationToken cancellationToken = default);
}
