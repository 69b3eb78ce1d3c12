using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ESign.Storage;

/// <summary>One database, SQLite or PostgreSQL: brings its tables up to date, opens connections and runs parameterised statements.</summary>
/// <remarks>
/// SQLite has a write-ahead log with full synchronisation: what was acknowledged survives a crash of the process and of the machine. Writers of
/// several processes wait for each other. The system's SQLite is used where there is one: it gets security fixes.
/// </remarks>
internal sealed class SqlDatabase
{
    /// <summary>Any number all servers agree on: serialises the writers of the log. The first 8 octets of SHA-256("esign-audit"), without the sign.</summary>
    private const long AppendLock = 0x5496_7C50_2692_BC65;

    /// <summary>As <see cref="AppendLock"/>, for those who bring tables up to date: of SHA-256("esign-schema").</summary>
    private const long MigrationLock = 0x7A9E_DFEA_9C27_FD8F;

    private readonly Func<CancellationToken, ValueTask<DbConnection>> _open;
    private readonly bool _isPostgres;

    private SqlDatabase(Func<CancellationToken, ValueTask<DbConnection>> open, bool isPostgres)
    {
        _open = open;
        _isPostgres = isPostgres;
    }

    /// <summary>Opens a file, making it or bringing its tables up to date.</summary>
    public static SqlDatabase OpenSqlite(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using SqliteConnection connection = Connect(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
        Execute(connection, "PRAGMA journal_mode = WAL");
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false); // BEGIN IMMEDIATE: one migration at a time
        Schema.Migrate(connection, transaction, "BLOB");
        transaction.Commit();
        return ForSqlite(path, SqliteOpenMode.ReadWrite);
    }

    /// <summary>Opens a file as it is, for reading only.</summary>
    public static SqlDatabase OpenSqliteReadOnly(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ForSqlite(path, SqliteOpenMode.ReadOnly);
    }

    /// <summary>Opens a database and brings its tables up to date; the caller keeps and disposes it.</summary>
    public static async Task<SqlDatabase> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await LockAsync(connection, transaction, MigrationLock, cancellationToken).ConfigureAwait(false);
                Schema.Migrate(connection, transaction, "BYTEA");
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return new SqlDatabase(async cancelled => await source.OpenConnectionAsync(cancelled).ConfigureAwait(false), isPostgres: true);
    }

    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    /// <summary>Begins a transaction that no other writer of the log can begin meanwhile.</summary>
    public async ValueTask<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false); // SQLite: BEGIN IMMEDIATE
        if (_isPostgres)
        {
            await LockAsync(connection, transaction, AppendLock, cancellationToken).ConfigureAwait(false);
        }

        return transaction;
    }

    /// <summary>Adds records one after another; to PostgreSQL in one round trip.</summary>
    public async ValueTask InsertRecordsAsync(DbConnection connection, DbTransaction transaction, long first, IReadOnlyList<ReadOnlyMemory<byte>> records, CancellationToken cancellationToken)
    {
        if (_isPostgres)
        {
            long[] positions = [.. Enumerable.Range(0, records.Count).Select(i => first + i)];
            byte[][] contents = [.. records.Select(static record => record.ToArray())];
            using DbCommand all = Create(connection, transaction, "INSERT INTO audit_records (position, record) SELECT * FROM unnest(@positions, @records)", [("positions", positions), ("records", contents)]);
            await all.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using DbCommand one = Create(connection, transaction, "INSERT INTO audit_records (position, record) VALUES (@position, @record)", [("position", first), ("record", Array.Empty<byte>())]);
        await one.PrepareAsync(cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < records.Count; i++)
        {
            one.Parameters[0].Value = first + i;
            one.Parameters[1].Value = records[i].ToArray();
            await one.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<int> ExecuteAsync(string sql, IEnumerable<(string, object?)> parameters, CancellationToken cancellationToken)
    {
        DbConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using DbCommand command = Create(connection, transaction: null, sql, parameters);
            return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The first value of the first row; <see langword="null"/> when there is no row.</summary>
    public async ValueTask<object?> ScalarAsync(string sql, IEnumerable<(string, object?)> parameters, CancellationToken cancellationToken)
    {
        DbConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using DbCommand command = Create(connection, transaction: null, sql, parameters);
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<T> ReadAsync<T>(string sql, IEnumerable<(string, object?)> parameters, Func<DbDataReader, T> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DbConnection connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using DbCommand command = Create(connection, transaction: null, sql, parameters);
            DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    yield return read(rows);
                }
            }
        }
    }

    public static DbCommand Create(DbConnection connection, DbTransaction? transaction, string sql, IEnumerable<(string Name, object? Value)> parameters)
    {
        DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach ((string name, object? value) in parameters)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static async ValueTask LockAsync(DbConnection connection, DbTransaction transaction, long number, CancellationToken cancellationToken)
    {
        using DbCommand command = Create(connection, transaction, $"SELECT pg_advisory_xact_lock({number})", []);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static SqlDatabase ForSqlite(string path, SqliteOpenMode mode)
    {
        string connectionString = ConnectionString(path, mode);
        return new SqlDatabase(_ => ValueTask.FromResult<DbConnection>(Connect(connectionString)), isPostgres: false);
    }

    private static string ConnectionString(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 60, Mode = mode }.ToString();

    private static SqliteConnection Connect(string connectionString)
    {
        SqliteLibrary.Load();
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
