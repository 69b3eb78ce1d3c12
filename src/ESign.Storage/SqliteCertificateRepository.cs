using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ESign.Storage;

/// <summary>Certificates in one SQLite file: the default store, good for one server.</summary>
/// <remarks>
/// Write-ahead log with full synchronisation: what was acknowledged survives a crash of the process and of the machine.
/// Writers of several processes wait for each other. The system's SQLite is used where there is one: it gets security fixes.
/// </remarks>
public sealed class SqliteCertificateRepository : SqlCertificateRepository
{
    private readonly string _connectionString;

    private SqliteCertificateRepository(string connectionString) => _connectionString = connectionString;

    /// <summary>Opens a file, making it or bringing its tables up to date.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <returns>The repository.</returns>
    public static SqliteCertificateRepository Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SqliteLibrary.Load();
        var repository = new SqliteCertificateRepository(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 60 }.ToString());
        using SqliteConnection connection = repository.OpenConnection();
        using (SqliteCommand command = connection.CreateCommand())
        {
            command.CommandText = "PRAGMA journal_mode = WAL";
            command.ExecuteNonQuery();
        }

        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false); // BEGIN IMMEDIATE: one migration at a time
        Schema.Migrate(connection, transaction, "BLOB");
        transaction.Commit();
        return repository;
    }

    private protected override ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<DbConnection>(OpenConnection());

    private SqliteConnection OpenConnection()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = FULL";
        command.ExecuteNonQuery();
        return connection;
    }
}
