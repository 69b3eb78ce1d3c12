using System.Data.Common;
using ESign.Registration.Access;
using Npgsql;

namespace ESign.Storage;

/// <summary>Expiring records in SQLite or PostgreSQL.</summary>
public sealed class SqlExpiringRecordStore : IExpiringRecordStore
{
    private readonly SqlDatabase _database;

    private SqlExpiringRecordStore(SqlDatabase database) => _database = database;

    /// <summary>Opens the records in a SQLite file, making it where it is missing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The store.</returns>
    public static SqlExpiringRecordStore OpenSqlite(string path)
    {
        SqliteCertificateRepository.Open(path);
        return new SqlExpiringRecordStore(SqlDatabase.Sqlite(path, readOnly: false));
    }

    /// <summary>Opens the records in a PostgreSQL database.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The store.</returns>
    public static async Task<SqlExpiringRecordStore> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        await PostgresCertificateRepository.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        return new SqlExpiringRecordStore(SqlDatabase.Postgres(source));
    }

    /// <inheritdoc/>
    public async ValueTask<ExpiringRecord?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<ExpiringRecord> found = _database.ReadAsync("SELECT name, version, content, expires_at FROM expiring_records WHERE name = @name", [("name", name)], Read, cancellationToken);
        await foreach (ExpiringRecord record in found.ConfigureAwait(false))
        {
            return record;
        }

        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryWriteAsync(ExpiringRecord record, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        (string, object?)[] values = [("name", record.Name), ("version", record.Version), ("content", record.Content.ToArray()), ("end", record.ExpiresAt.UtcTicks)];
        await _database.ExecuteAsync("DELETE FROM expiring_records WHERE expires_at <= @now AND name <> @name", [("now", now.UtcTicks), ("name", record.Name)], cancellationToken).ConfigureAwait(false);
        int rows = record.Version == 0
            ? await _database.ExecuteAsync("INSERT INTO expiring_records (name, version, content, expires_at) VALUES (@name, @version + 1, @content, @end) ON CONFLICT (name) DO NOTHING", values, cancellationToken).ConfigureAwait(false)
            : await _database.ExecuteAsync("UPDATE expiring_records SET version = @version + 1, content = @content, expires_at = @end WHERE name = @name AND version = @version", values, cancellationToken).ConfigureAwait(false);
        return rows == 1;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> TryRemoveAsync(string name, CancellationToken cancellationToken = default) =>
        await _database.ExecuteAsync("DELETE FROM expiring_records WHERE name = @name", [("name", name)], cancellationToken).ConfigureAwait(false) == 1;

    private static ExpiringRecord Read(DbDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero));
}
