using System.Data.Common;
using ESign.Registration.Records;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ESign.Storage;

/// <summary>Records in SQLite or PostgreSQL: a row each, and a row for each key it is found by.</summary>
/// <remarks>A unique index keeps unique keys unique, between servers too. Contents are opaque here: whoever writes them seals them.</remarks>
public sealed class SqlRecordStore : IRecordStore
{
    private const string Columns = "kind, id, version, state, owner, due_at, content";

    /// <summary>SQLITE_CONSTRAINT.</summary>
    private const int SqliteConstraint = 19;

    private readonly SqlDatabase _database;

    private SqlRecordStore(SqlDatabase database) => _database = database;

    /// <summary>Opens the records in a SQLite file, making it where it is missing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The store.</returns>
    public static SqlRecordStore OpenSqlite(string path) => new(SqlDatabase.OpenSqlite(path));

    /// <summary>Opens the records in a PostgreSQL database.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The store.</returns>
    public static async Task<SqlRecordStore> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default) =>
        new(await SqlDatabase.OpenPostgresAsync(source, cancellationToken).ConfigureAwait(false));

    async ValueTask<RecordOutcome> IRecordStore.AddAsync(StoredRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return await WriteAsync(
            record,
            $"INSERT INTO records ({Columns}) VALUES (@kind, @id, 1, @state, @owner, @due, @content) ON CONFLICT (kind, id) DO NOTHING",
            cancellationToken).ConfigureAwait(false);
    }

    async ValueTask<RecordOutcome> IRecordStore.ReplaceAsync(StoredRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        return await WriteAsync(
            record,
            "UPDATE records SET version = version + 1, state = @state, owner = @owner, due_at = @due, content = @content WHERE kind = @kind AND id = @id AND version = @version",
            cancellationToken).ConfigureAwait(false);
    }

    ValueTask<StoredRecord?> IRecordStore.FindAsync(string kind, string id, CancellationToken cancellationToken) =>
        _database.ReadAsync($"SELECT {Columns} FROM records WHERE kind = @kind AND id = @id", [("kind", kind), ("id", id)], Read, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    async ValueTask<bool> IRecordStore.RemoveAsync(string kind, string id, CancellationToken cancellationToken)
    {
        DbConnection connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                int rows = await ExecuteAsync(connection, transaction, "DELETE FROM records WHERE kind = @kind AND id = @id", [("kind", kind), ("id", id)], cancellationToken).ConfigureAwait(false);
                await DeleteKeysAsync(connection, transaction, kind, id, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return rows == 1;
            }
        }
    }

    IAsyncEnumerable<StoredRecord> IRecordStore.ListAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var conditions = new List<string> { "1 = 1" };
        var parameters = new List<(string, object?)> { ("limit", (long)query.Limit) };
        Add(query.Kind is not null, "kind = @kind", ("kind", query.Kind));
        Add(query.State is not null, "state = @state", ("state", query.State));
        Add(query.Owner is not null, "owner = @owner", ("owner", query.Owner));
        Add(query.Key is not null, "id IN (SELECT id FROM record_keys WHERE kind = @kind AND value = @key)", ("key", query.Key));
        Add(query.DueBy is not null, "due_at <= @due", ("due", query.DueBy?.UtcTicks));
        Add(query.After is not null, "id > @after", ("after", query.After));
        if (query.IsOwnerMissing)
        {
            conditions.Add("owner IS NULL");
        }

        string order = query.DueBy is null ? "kind, id" : "due_at, id";
        return _database.ReadAsync($"SELECT {Columns} FROM records WHERE {string.Join(" AND ", conditions)} ORDER BY {order} LIMIT @limit", parameters, Read, cancellationToken);

        void Add(bool isGiven, string condition, (string, object?) parameter)
        {
            if (isGiven)
            {
                conditions.Add(condition);
                parameters.Add(parameter);
            }
        }
    }

    async ValueTask<long> IRecordStore.CountAsync(string kind, string state, CancellationToken cancellationToken) =>
        (long)(await _database.ScalarAsync("SELECT COUNT(*) FROM records WHERE kind = @kind AND state = @state", [("kind", kind), ("state", state)], cancellationToken).ConfigureAwait(false))!;

    private static StoredRecord Read(DbDataReader row) => new()
    {
        Kind = row.GetString(0),
        Id = row.GetString(1),
        Version = row.GetInt64(2),
        State = row.GetString(3),
        Owner = row.IsDBNull(4) ? null : row.GetString(4),
        DueAt = row.IsDBNull(5) ? null : new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
        Content = row.GetFieldValue<byte[]>(6),
    };

    private static async ValueTask<int> ExecuteAsync(DbConnection connection, DbTransaction transaction, string sql, IEnumerable<(string, object?)> parameters, CancellationToken cancellationToken)
    {
        using DbCommand command = SqlDatabase.Create(connection, transaction, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask DeleteKeysAsync(DbConnection connection, DbTransaction transaction, string kind, string id, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, transaction, "DELETE FROM record_keys WHERE kind = @kind AND id = @id", [("kind", kind), ("id", id)], cancellationToken).ConfigureAwait(false);

    private async ValueTask<RecordOutcome> WriteAsync(StoredRecord record, string sql, CancellationToken cancellationToken)
    {
        DbConnection connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false); // SQLite: BEGIN IMMEDIATE
            await using (transaction.ConfigureAwait(false))
            {
                int rows = await ExecuteAsync(
                    connection, transaction, sql,
                    [("kind", record.Kind), ("id", record.Id), ("version", record.Version), ("state", record.State), ("owner", record.Owner), ("due", record.DueAt?.UtcTicks), ("content", record.Content.ToArray())],
                    cancellationToken).ConfigureAwait(false);
                if (rows == 0)
                {
                    return RecordOutcome.Conflict;
                }

                if (record.Keys is not null)
                {
                    await DeleteKeysAsync(connection, transaction, record.Kind, record.Id, cancellationToken).ConfigureAwait(false);
                }

                return await TryAddKeysAsync(connection, transaction, record, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<RecordOutcome> TryAddKeysAsync(DbConnection connection, DbTransaction transaction, StoredRecord record, CancellationToken cancellationToken)
    {
        try
        {
            foreach (RecordKey key in (record.Keys ?? []).Distinct().OrderBy(static key => key.Value, StringComparer.Ordinal)) // one order: two writers do not wait for each other in a circle
            {
                await ExecuteAsync(
                    connection, transaction, "INSERT INTO record_keys (kind, id, value, is_unique) VALUES (@kind, @id, @value, @unique)",
                    [("kind", record.Kind), ("id", record.Id), ("value", key.Value), ("unique", key.IsUnique ? 1 : 0)], cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return RecordOutcome.Done;
        }
        catch (DbException exception) when (exception is SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return RecordOutcome.KeyTaken;
        }
    }
}
