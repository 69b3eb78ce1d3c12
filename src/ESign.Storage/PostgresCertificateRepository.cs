using System.Data.Common;
using Npgsql;

namespace ESign.Storage;

/// <summary>Certificates in PostgreSQL: for several servers that issue and answer together.</summary>
public sealed class PostgresCertificateRepository : SqlCertificateRepository
{
    /// <summary>Any number all servers agree on: the first 63 bits after the sign of SHA-256("esign-schema").</summary>
    private const long MigrationLock = 0x7A9E_DFEA_9C27_FD8F;

    private readonly NpgsqlDataSource _source;

    private PostgresCertificateRepository(NpgsqlDataSource source) => _source = source;

    /// <summary>Opens a database and brings its tables up to date.</summary>
    /// <param name="source">The database; the caller keeps and disposes it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The repository.</returns>
    public static async Task<PostgresCertificateRepository> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                using (NpgsqlCommand command = connection.CreateCommand())
                {
                    command.CommandText = $"SELECT pg_advisory_xact_lock({MigrationLock})";
                    command.Transaction = transaction;
                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }

                Schema.Migrate(connection, transaction, "BYTEA");
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        return new PostgresCertificateRepository(source);
    }

    private protected override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
}
