namespace ESign.Registration.Access;

/// <summary>Keeps expiring records, between servers too. Safe under concurrent callers; an answer means the change is durable.</summary>
public interface IExpiringRecordStore
{
    /// <summary>Finds a record, expired or not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, or <see langword="null"/>.</returns>
    ValueTask<ExpiringRecord?> FindAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Writes a record if nobody wrote it meanwhile; also clears some that expired.</summary>
    /// <param name="record">The record with the version that was read; 0 when there must be none yet.</param>
    /// <param name="now">The time, for clearing.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when another caller was first: read it again.</returns>
    ValueTask<bool> TryWriteAsync(ExpiringRecord record, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Removes a record; of several callers one succeeds.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether this caller removed it.</returns>
    ValueTask<bool> TryRemoveAsync(string name, CancellationToken cancellationToken = default);
}
