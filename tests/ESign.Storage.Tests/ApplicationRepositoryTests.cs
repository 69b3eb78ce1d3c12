using ESign.Registration;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using ESign.Testing;

namespace ESign.Storage.Tests;

public sealed class InMemoryApplicationRepositoryTests : ApplicationRepositoryContract
{
    private readonly InMemoryRecordStore _store = new();

    protected override ValueTask<IRecordStore> OpenAsync() => ValueTask.FromResult<IRecordStore>(_store);
}

public sealed class SqliteApplicationRepositoryTests : ApplicationRepositoryContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    [Fact]
    public async Task The_file_shows_nobodys_name_or_number()
    {
        ApplicationRepository repository = await OpenRepositoryAsync();
        EnterpriseApplication enterprise = Enterprise(UnifiedCode(), Person(out PersonApplication person));
        await repository.AddAsync(person);
        await repository.AddAsync(enterprise);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        byte[] content = [.. Directory.EnumerateFiles(_folder).SelectMany(File.ReadAllBytes)];
        Assert.True(content.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(person.Id)) >= 0);
        foreach (string secret in (string[])[person.Name, person.Document.Value, person.Mobile!.Value, enterprise.Name, enterprise.Code.Value, enterprise.LegalRepresentative])
        {
            Assert.Equal(-1, content.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)));
        }
    }

    protected override ValueTask<IRecordStore> OpenAsync() => ValueTask.FromResult<IRecordStore>(SqlRecordStore.OpenSqlite(Path.Combine(_folder, "records.db")));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresApplicationRepositoryTests(PostgresServer server) : ApplicationRepositoryContract(Ring), IClassFixture<PostgresServer>
{
    private static readonly DataKeyRing Ring = DataKeyRing.Create();

    protected override async ValueTask<IRecordStore> OpenAsync()
    {
        if (server.MissingReason is { } reason)
        {
            Ci.SkipOrFail(reason);
        }

        return await SqlRecordStore.OpenPostgresAsync(server.Source!);
    }
}
