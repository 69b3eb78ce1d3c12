using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ESign.Storage;

/// <summary>One database, SQLite or PostgreSQL: opens connections and runs parameterised statements.</summary>
internal sealed class SqlDatabase
{
    /// <summary>Any number all servers agree on: serialises the writers of the log. The first 8 octets of SHA-256("esign-audit"), without the sign.</summary>
    private const long AppendLock = 0x5496_7C50_2692_BC65;

    private readonly Func<CancellationToken, ValueTask<DbConnection>> _open;
    private readonly bool _isPostgres;

    private SqlDatabase(Func<CancellationToken, ValueTask<DbConnection>> open, bool isPostgres)
    {
        _open = open;
        _isPostgres = isPostgres;
    }

    public static SqlDatabase Sqlite(string path, bool readOnly)
    {
        SqliteLibrary.Load();
        string connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            DefaultTimeout = 60,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWrite,
        }.ToString();
        return new SqlDatabase(_ => ValueTask.FromResult<DbConnection>(OpenSqlite(connectionString)), isPostgres: false);
    }

    public static SqlDatabase Postgres(NpgsqlDataSource source) =>
        new(async cancellationToken => await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), isPostgres: true);

    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => _open(cancellationToken);

    /// <summary>Begins a transaction that no other writer of the log can begin meanwhile.</summary>
    public async ValueTask<DbTransaction> BeginExclusiveAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false); // SQLite: BEGIN IMMEDIATE
        if (_isPostgres)
        {
            using DbCommand command = Create(connection, transaction, $"SELECT pg_advisory_xact_lock({AppendLock})", []);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
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

    private static SqliteConnection OpenSqlite(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL";
        command.ExecuteNonQuery();
        return connection;
    }
}
