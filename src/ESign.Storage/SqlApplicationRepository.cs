using System.Data.Common;
using ESign.Registration;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ESign.Storage;

/// <summary>Applications in SQLite or PostgreSQL.</summary>
/// <remarks>One row an application, its content as JSON. A unique index keeps one approved application per credit code, between servers too.</remarks>
public sealed class SqlApplicationRepository : IApplicationRepository
{
    private const int Person = 1;
    private const int Enterprise = 2;

    /// <summary>SQLITE_CONSTRAINT.</summary>
    private const int SqliteConstraint = 19;

    private readonly SqlDatabase _database;

    private SqlApplicationRepository(SqlDatabase database) => _database = database;

    /// <summary>Opens the applications in a SQLite file, making it where it is missing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The repository.</returns>
    public static SqlApplicationRepository OpenSqlite(string path)
    {
        SqliteCertificateRepository.Open(path);
        return new SqlApplicationRepository(SqlDatabase.Sqlite(path, readOnly: false));
    }

    /// <summary>Opens the applications in a PostgreSQL database.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The repository.</returns>
    public static async Task<SqlApplicationRepository> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        await PostgresCertificateRepository.OpenAsync(source, cancellationToken).ConfigureAwait(false);
        return new SqlApplicationRepository(SqlDatabase.Postgres(source));
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(PersonApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return InsertAsync(Person, application.Id, creditCode: null, application.State, ApplicationCodec.Encode(application), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask AddAsync(EnterpriseApplication application, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(application);
        return InsertAsync(Enterprise, application.Id, application.Code.Value, application.State, ApplicationCodec.Encode(application), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<StoredApplication<PersonApplication>?> FindPersonAsync(string id, CancellationToken cancellationToken = default) =>
        FindAsync(Person, id, row => new StoredApplication<PersonApplication>(ApplicationCodec.DecodePerson(row.GetFieldValue<byte[]>(0)), row.GetInt64(1)), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StoredApplication<EnterpriseApplication>?> FindEnterpriseAsync(string id, CancellationToken cancellationToken = default) =>
        FindAsync(Enterprise, id, ReadEnterprise, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> TryUpdateAsync(StoredApplication<PersonApplication> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return UpdateAsync(Person, stored.Application.Id, stored.Version, stored.Application.State, ApplicationCodec.Encode(stored.Application), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryUpdateAsync(StoredApplication<EnterpriseApplication> stored, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stored);
        return UpdateAsync(Enterprise, stored.Application.Id, stored.Version, stored.Application.State, ApplicationCodec.Encode(stored.Application), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<StoredApplication<EnterpriseApplication>> ListEnterprisesAsync(ApplicationState state, CancellationToken cancellationToken = default) =>
        _database.ReadAsync(
            "SELECT content, version FROM applications WHERE kind = @kind AND state = @state ORDER BY id", [("kind", Enterprise), ("state", (int)state)], ReadEnterprise, cancellationToken);

    private async ValueTask InsertAsync(int kind, string id, string? creditCode, ApplicationState state, byte[] content, CancellationToken cancellationToken)
    {
        int rows = await _database.ExecuteAsync(
            "INSERT INTO applications (kind, id, credit_code, state, version, content) VALUES (@kind, @id, @code, @state, 1, @content) ON CONFLICT DO NOTHING",
            [("kind", kind), ("id", id), ("code", creditCode), ("state", (int)state), ("content", content)],
            cancellationToken).ConfigureAwait(false);
        if (rows == 0)
        {
            bool exists = await FindAsync(kind, id, static row => (object)row.GetInt64(1), cancellationToken).ConfigureAwait(false) is not null;
            throw exists ? InMemoryApplicationRepository.Exists(id) : InMemoryApplicationRepository.SecondAccount();
        }
    }

    private async ValueTask<bool> UpdateAsync(int kind, string id, long version, ApplicationState state, byte[] content, CancellationToken cancellationToken)
    {
        try
        {
            return await _database.ExecuteAsync(
                "UPDATE applications SET state = @state, content = @content, version = version + 1 WHERE kind = @kind AND id = @id AND version = @version",
                [("kind", kind), ("id", id), ("version", version), ("state", (int)state), ("content", content)],
                cancellationToken).ConfigureAwait(false) == 1;
        }
        catch (DbException exception) when (exception is SqliteException { SqliteErrorCode: SqliteConstraint } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw InMemoryApplicationRepository.SecondAccount();
        }
    }

    private async ValueTask<T?> FindAsync<T>(int kind, string id, Func<DbDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await foreach (T found in _database.ReadAsync("SELECT content, version FROM applications WHERE kind = @kind AND id = @id", [("kind", kind), ("id", id)], read, cancellationToken).ConfigureAwait(false))
        {
            return found;
        }

        return null;
    }

    private static StoredApplication<EnterpriseApplication> ReadEnterprise(DbDataReader row) =>
        new(ApplicationCodec.DecodeEnterprise(row.GetFieldValue<byte[]>(0)), row.GetInt64(1));
}
