using System.Runtime.CompilerServices;

namespace ESign.Registration.Records;

/// <summary>Records in memory, for tests and demonstrations.</summary>
public sealed class InMemoryRecordStore : IRecordStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Id), StoredRecord> _records = [];

    ValueTask<RecordOutcome> IRecordStore.AddAsync(StoredRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_lock)
        {
            return ValueTask.FromResult(_records.ContainsKey((record.Kind, record.Id)) ? RecordOutcome.Conflict : Put(record with { Version = 1 }));
        }
    }

    ValueTask<RecordOutcome> IRecordStore.ReplaceAsync(StoredRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_lock)
        {
            bool isCurrent = _records.TryGetValue((record.Kind, record.Id), out StoredRecord? present) && present.Version == record.Version;
            return ValueTask.FromResult(isCurrent ? Put(record with { Version = record.Version + 1, Keys = record.Keys ?? present!.Keys }) : RecordOutcome.Conflict);
        }
    }

    ValueTask<StoredRecord?> IRecordStore.FindAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_records.TryGetValue((kind, id), out StoredRecord? found) ? found with { Keys = null } : null);
        }
    }

    ValueTask<bool> IRecordStore.RemoveAsync(string kind, string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return ValueTask.FromResult(_records.Remove((kind, id)));
        }
    }

    async IAsyncEnumerable<StoredRecord> IRecordStore.ListAsync(RecordQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        StoredRecord[] found;
        lock (_lock)
        {
            IEnumerable<StoredRecord> matching = _records.Values.Where(record => Matches(record, query)).OrderBy(static record => record.Kind, StringComparer.Ordinal).ThenBy(static record => record.Id, StringComparer.Ordinal);
            found = [.. (query.DueBy is null ? matching : matching.OrderBy(static record => record.DueAt)).Take(query.Limit)];
        }

        await Task.CompletedTask.ConfigureAwait(false);
        foreach (StoredRecord record in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record with { Keys = null };
        }
    }

    ValueTask<long> IRecordStore.CountAsync(string kind, string state, CancellationToken cancellationToken)
    {
        var query = new RecordQuery { Kind = kind, State = state };
        lock (_lock)
        {
            return ValueTask.FromResult(_records.Values.LongCount(record => Matches(record, query)));
        }
    }

    private static bool Matches(StoredRecord record, RecordQuery query) =>
        (query.Kind is null || string.Equals(record.Kind, query.Kind, StringComparison.Ordinal))
        && (query.State is null || string.Equals(record.State, query.State, StringComparison.Ordinal))
        && (query.Owner is null || string.Equals(record.Owner, query.Owner, StringComparison.Ordinal))
        && (!query.IsOwnerMissing || record.Owner is null)
        && (query.Key is null || KeysOf(record).Any(key => string.Equals(key.Value, query.Key, StringComparison.Ordinal)))
        && (query.DueBy is null || record.DueAt <= query.DueBy)
        && (query.After is null || string.CompareOrdinal(record.Id, query.After) > 0);

    private static IReadOnlyList<RecordKey> KeysOf(StoredRecord record) => record.Keys ?? [];

    private RecordOutcome Put(StoredRecord record)
    {
        HashSet<string> unique = [.. KeysOf(record).Where(static key => key.IsUnique).Select(static key => key.Value)];
        bool isTaken = unique.Count > 0 && _records.Values.Any(other =>
            string.Equals(other.Kind, record.Kind, StringComparison.Ordinal) && !string.Equals(other.Id, record.Id, StringComparison.Ordinal) && KeysOf(other).Any(key => key.IsUnique && unique.Contains(key.Value)));
        if (isTaken)
        {
            return RecordOutcome.KeyTaken;
        }

        _records[(record.Kind, record.Id)] = record;
        return RecordOutcome.Done;
    }
}
