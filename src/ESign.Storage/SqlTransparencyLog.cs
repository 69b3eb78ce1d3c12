using System.Data.Common;
using ESign.Pki.Transparency;
using Npgsql;

namespace ESign.Storage;

/// <summary>A transparency log in SQLite or PostgreSQL: records, tree nodes and checkpoints, appended in one transaction.</summary>
/// <remarks>Writers wait for each other, so that several servers on one database grow one tree.</remarks>
public sealed class SqlTransparencyLog : ITransparencyLog
{
    private readonly SqlDatabase _database;

    private SqlTransparencyLog(SqlDatabase database) => _database = database;

    /// <summary>Opens the log in a SQLite file, making it where it is missing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The log.</returns>
    public static SqlTransparencyLog OpenSqlite(string path)
    {
        var log = new SqlTransparencyLog(SqlDatabase.OpenSqlite(path));
        log.MakeTilesAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult(); // SQLite answers at once: nothing is waited for
        return log;
    }

    /// <summary>Opens the log of an existing SQLite file for reading only: what an auditor does.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The log; appending to it fails.</returns>
    public static SqlTransparencyLog OpenSqliteReadOnly(string path) => new(SqlDatabase.OpenSqliteReadOnly(path));

    /// <summary>Opens the log in a PostgreSQL database.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The log.</returns>
    public static async Task<SqlTransparencyLog> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        var log = new SqlTransparencyLog(await SqlDatabase.OpenPostgresAsync(source, cancellationToken).ConfigureAwait(false));
        await log.MakeTilesAsync(cancellationToken).ConfigureAwait(false);
        return log;
    }

    async ValueTask<long> ITransparencyLog.AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        DbConnection connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            DbTransaction transaction = await _database.BeginExclusiveAsync(connection, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                long first = await ReadSizeAsync(connection, transaction, cancellationToken).ConfigureAwait(false);
                await _database.InsertRecordsAsync(connection, transaction, first, records, cancellationToken).ConfigureAwait(false);
                var tiles = new SqlMerkleTiles(_database, connection, transaction);
                var tree = new MerkleTree(tiles, first);
                foreach (ReadOnlyMemory<byte> record in records)
                {
                    await tree.AppendAsync(record, cancellationToken).ConfigureAwait(false);
                }

                await tiles.FlushAsync(cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return first;
            }
        }
    }

    async ValueTask<MerkleTree> ITransparencyLog.OpenTreeAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            long size = await ReadSizeAsync(connection, transaction: null, cancellationToken).ConfigureAwait(false);
            return new MerkleTree(new SqlMerkleTiles(_database), size);
        }
    }

    IAsyncEnumerable<LogRecord> ITransparencyLog.ReadAsync(long start, long count, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            "SELECT position, record FROM audit_records WHERE position >= @start ORDER BY position LIMIT @count",
            [("start", start), ("count", count)],
            static row => new LogRecord(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            cancellationToken);

    async ValueTask ITransparencyLog.SaveCheckpointAsync(SavedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        await _database.ExecuteAsync(
            "INSERT INTO audit_checkpoints (size, note, token) VALUES (@size, @note, @token) ON CONFLICT (size) DO NOTHING",
            [("size", checkpoint.Size), ("note", checkpoint.Note), ("token", checkpoint.TimestampToken.IsEmpty ? null : checkpoint.TimestampToken.ToArray())],
            cancellationToken).ConfigureAwait(false);
    }

    IAsyncEnumerable<SavedCheckpoint> ITransparencyLog.ListCheckpointsAsync(int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            "SELECT size, note, token FROM audit_checkpoints ORDER BY size DESC LIMIT @limit",
            [("limit", limit)],
            static row => new SavedCheckpoint(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? default(ReadOnlyMemory<byte>) : row.GetFieldValue<byte[]>(2)),
            cancellationToken);

    // A log from before there were tiles has records and no tile at all.
    private async ValueTask MakeTilesAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            DbTransaction transaction = await _database.BeginExclusiveAsync(connection, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                using DbCommand command = SqlDatabase.Create(
                    connection, transaction, "SELECT COUNT(*) FROM audit_records WHERE NOT EXISTS (SELECT 1 FROM audit_tiles)", []);
                if ((long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))! == 0)
                {
                    return;
                }

                var tiles = new SqlMerkleTiles(_database, connection, transaction);
                var tree = new MerkleTree(tiles);
                await foreach (LogRecord record in ((ITransparencyLog)this).ReadAsync(0, long.MaxValue, cancellationToken).ConfigureAwait(false))
                {
                    await tree.AppendAsync(record.Content, cancellationToken).ConfigureAwait(false);
                }

                await tiles.FlushAsync(cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask<long> ReadSizeAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellationToken)
    {
        using DbCommand command = SqlDatabase.Create(connection, transaction, "SELECT COALESCE(MAX(position) + 1, 0) FROM audit_records", []);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
