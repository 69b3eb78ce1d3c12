using System.Data.Common;
using ESign.Registration.Access;
using Npgsql;

namespace ESign.Storage;

/// <summary>Access tokens in SQLite or PostgreSQL.</summary>
public sealed class SqlAccessTokenStore : IAccessTokenStore
{
    private const string Columns = "id, name, roles, secret_hash, created_at, expires_at, issuer, revoked_at, enrolment, enrolled, operator, responsible, purpose";

    private readonly SqlDatabase _database;

    private SqlAccessTokenStore(SqlDatabase database) => _database = database;

    /// <summary>Opens the tokens in a SQLite file, making it where it is missing.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The store.</returns>
    public static SqlAccessTokenStore OpenSqlite(string path) => new(SqlDatabase.OpenSqlite(path));

    /// <summary>Opens the tokens in a PostgreSQL database.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The store.</returns>
    public static async Task<SqlAccessTokenStore> OpenPostgresAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default) =>
        new(await SqlDatabase.OpenPostgresAsync(source, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async ValueTask AddAsync(AccessToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        await _database.ExecuteAsync(
            $"INSERT INTO access_tokens ({Columns}) VALUES (@id, @name, @roles, @hash, @created, @expires, @issuer, @revoked, @enrolment, @enrolled, @operator, @responsible, @purpose)",
            [
                ("id", token.Id), ("name", token.Name), ("roles", (int)token.Roles), ("hash", token.SecretHash.ToArray()),
                ("created", token.CreatedAt.UtcTicks), ("expires", token.ExpiresAt.UtcTicks), ("issuer", token.Issuer), ("revoked", token.RevokedAt?.UtcTicks),
                ("enrolment", token.SealedEnrolment.IsEmpty ? null : token.SealedEnrolment.ToArray()), ("enrolled", token.IsEnrolled ? 1 : 0), ("operator", token.Operator),
                ("responsible", token.Responsible), ("purpose", (int)token.Purpose),
            ],
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<AccessToken?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        _database.ReadAsync($"SELECT {Columns} FROM access_tokens WHERE id = @id", [("id", id)], Read, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<AccessToken> ListAsync(string? after = null, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        _database.ReadAsync($"SELECT {Columns} FROM access_tokens WHERE id > @after ORDER BY id LIMIT @limit", [("after", after ?? ""), ("limit", limit)], Read, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> TryRevokeAsync(string id, DateTimeOffset revokedAt, CancellationToken cancellationToken = default) =>
        await _database.ExecuteAsync(
            "UPDATE access_tokens SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL", [("at", revokedAt.UtcTicks), ("id", id)], cancellationToken).ConfigureAwait(false) == 1;

    /// <inheritdoc/>
    public async ValueTask<bool> TryTakeEnrolmentAsync(string id, CancellationToken cancellationToken = default) =>
        await _database.ExecuteAsync(
            "UPDATE access_tokens SET enrolled = 1 WHERE id = @id AND enrolled = 0", [("id", id)], cancellationToken).ConfigureAwait(false) == 1;

    private static AccessToken Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        Roles = (AccessRoles)row.GetInt32(2),
        SecretHash = row.GetFieldValue<byte[]>(3),
        CreatedAt = new DateTimeOffset(row.GetInt64(4), TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(row.GetInt64(5), TimeSpan.Zero),
        Issuer = row.IsDBNull(6) ? null : row.GetString(6),
        RevokedAt = row.IsDBNull(7) ? null : new DateTimeOffset(row.GetInt64(7), TimeSpan.Zero),
        SealedEnrolment = row.IsDBNull(8) ? default(ReadOnlyMemory<byte>) : row.GetFieldValue<byte[]>(8),
        IsEnrolled = row.GetInt32(9) != 0,
        Operator = row.IsDBNull(10) ? null : row.GetString(10),
        Responsible = row.IsDBNull(11) ? null : row.GetString(11),
        Purpose = (AccessTokenPurpose)row.GetInt32(12),
    };
}
