namespace ESign.Registration.Access;

/// <summary>Expiring records in memory, for tests and short-lived programs.</summary>
public sealed class InMemoryExpiringRecordStore : IExpiringRecordStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ExpiringRecord> _records = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<ExpiringRecord?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_records.GetValueOrDefault(name));
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryWriteAsync(ExpiringRecord record, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        lock (_gate)
        {
            foreach (ExpiringRecord old in _records.Values.Where(old => old.ExpiresAt <= now && !string.Equals(old.Name, record.Name, StringComparison.Ordinal)).ToArray())
            {
                _records.Remove(old.Name);
            }

            bool isUnchanged = (_records.GetValueOrDefault(record.Name)?.Version ?? 0) == record.Version;
            if (isUnchanged)
            {
                _records[record.Name] = record with { Version = record.Version + 1 };
            }

            return ValueTask.FromResult(isUnchanged);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryRemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(_records.Remove(name));
        }
    }
}
