using ESign.Registration;
using ESign.Testing;

namespace ESign.Storage.Tests;

public sealed class InMemoryApplicationRepositoryTests : ApplicationRepositoryContract
{
    private readonly InMemoryApplicationRepository _repository = new();

    protected override ValueTask<IApplicationRepository> OpenAsync() => ValueTask.FromResult<IApplicationRepository>(_repository);
}

public sealed class SqliteApplicationRepositoryTests : ApplicationRepositoryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    protected override ValueTask<IApplicationRepository> OpenAsync() =>
        ValueTask.FromResult<IApplicationRepository>(SqlApplicationRepository.OpenSqlite(Path.Combine(_folder, "applications.db")));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresApplicationRepositoryTests(PostgresServer server) : ApplicationRepositoryContract, IClassFixture<PostgresServer>
{
    protected override async ValueTask<IApplicationRepository> OpenAsync()
    {
        if (server.MissingReason is { } reason)
        {
            Ci.SkipOrFail(reason);
        }

        return await SqlApplicationRepository.OpenPostgresAsync(server.Source!);
    }
}
