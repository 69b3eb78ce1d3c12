using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ESign.Registration.Protection;

namespace ESign.Registration.Records;

/// <summary>The records of one kind as values: written as JSON, sealed for their own identifier, found by keyed hashes.</summary>
internal sealed class RecordSet<T>(IRecordStore store, DataKeyRing keys, string kind, JsonTypeInfo<T> type, Func<T, RecordFacts> describe)
    where T : class
{
    /// <summary>Somebody else changes a record now and then, not ten times while one looks at it.</summary>
    private const int Attempts = 10;

    public async ValueTask<RecordOutcome> AddAsync(T value, CancellationToken cancellationToken = default) =>
        await store.AddAsync(ToRecord(value, version: 1), cancellationToken).ConfigureAwait(false);

    public async ValueTask<RecordOutcome> ReplaceAsync(Versioned<T> read, CancellationToken cancellationToken = default) =>
        await store.ReplaceAsync(ToRecord(read.Value, read.Version), cancellationToken).ConfigureAwait(false);

    public async ValueTask<Versioned<T>?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        await store.FindAsync(kind, id, cancellationToken).ConfigureAwait(false) is { } record ? ToValue(record) : null;

    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken = default) => store.RemoveAsync(kind, id, cancellationToken);

    public async IAsyncEnumerable<Versioned<T>> ListAsync(
        string? state = null, (string Name, string Value)? key = null, string? owner = null, DateTimeOffset? dueBy = null, string? after = null, int limit = int.MaxValue, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var query = new RecordQuery
        {
            Kind = kind, State = state, Key = key is { } given ? keys.Hash(given.Name, given.Value) : null, Owner = OwnerKey(owner), DueBy = dueBy, After = after, Limit = limit,
        };
        await foreach (StoredRecord record in store.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            yield return ToValue(record);
        }
    }

    /// <summary>Describes anew what programs wrote that knew no owners. What somebody else writes meanwhile has its owner already.</summary>
    public async ValueTask AddMissingOwnersAsync(CancellationToken cancellationToken = default)
    {
        await foreach (StoredRecord record in store.ListAsync(new RecordQuery { Kind = kind, IsOwnerMissing = true }, cancellationToken).ConfigureAwait(false))
        {
            await ReplaceAsync(ToValue(record), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<long> CountAsync(string state, CancellationToken cancellationToken = default) => store.CountAsync(kind, state, cancellationToken);

    /// <summary>Reads, changes and writes, again when somebody else was faster.</summary>
    /// <returns>The value as written; <see langword="null"/> when there is none of that identifier.</returns>
    /// <exception cref="RegistrationException">Others keep changing it (<c>busy</c>), or a unique key is taken (<c>taken</c>).</exception>
    public async ValueTask<T?> ChangeAsync(string id, Func<T, T> change, CancellationToken cancellationToken = default)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } read)
            {
                return null;
            }

            T changed = change(read.Value);
            switch (await ReplaceAsync(read with { Value = changed }, cancellationToken).ConfigureAwait(false))
            {
                case RecordOutcome.Done:
                    return changed;
                case RecordOutcome.KeyTaken:
                    throw new RegistrationException("taken", "名称或编号已被使用 / The name or number is in use already");
            }
        }

        throw new RegistrationException("busy", "记录正被他人修改，请稍后重试 / Others are changing the record; try again");
    }

    private StoredRecord ToRecord(T value, long version)
    {
        RecordFacts facts = describe(value);
        byte[] plain = JsonSerializer.SerializeToUtf8Bytes(value, type);
        try
        {
            return new StoredRecord
            {
                Kind = kind,
                Id = facts.Id,
                Version = version,
                State = facts.State,
                Owner = OwnerKey(facts.Owner) ?? "",
                DueAt = facts.DueAt,
                Keys = [.. facts.Keys.Select(key => new RecordKey(keys.Hash(key.Name, key.Value), key.IsUnique))],
                Content = keys.Seal(plain, DataKeyRing.ContextOf(kind, facts.Id)),
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private string? OwnerKey(string? owner) => owner is null ? null : keys.Hash("owner", owner);

    private Versioned<T> ToValue(StoredRecord record)
    {
        byte[] plain = keys.Open(record.Content.Span, DataKeyRing.ContextOf(kind, record.Id));
        try
        {
            return new Versioned<T>(JsonSerializer.Deserialize(plain, type) ?? throw new FormatException($"The record {kind}/{record.Id} is null."), record.Version);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }
}

/// <summary>A value with the version an update must name.</summary>
internal sealed record Versioned<T>(T Value, long Version);

/// <summary>What a record is found by.</summary>
internal sealed record RecordFacts(string Id, string State = "")
{
    public string? Owner { get; init; }

    public DateTimeOffset? DueAt { get; init; }

    public IReadOnlyList<(string Name, string Value, bool IsUnique)> Keys { get; init; } = [];
}
