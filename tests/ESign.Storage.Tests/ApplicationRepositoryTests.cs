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

    [Theory]
    [InlineData("owner = @owner AND id > @after", "records_owner")]
    [InlineData("state = @state AND owner = @owner AND id > @after", "records_owner_state")]
    [InlineData("id IN (SELECT id FROM record_keys WHERE kind = @kind AND value = @key)", "record_keys")]
    public async Task Pages_of_an_owner_and_what_a_key_finds_are_read_by_an_index(string condition, string index)
    {
        await OpenAsync();
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=" + Path.Combine(_folder, "records.db"));
        connection.Open();
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"EXPLAIN QUERY PLAN SELECT content FROM records WHERE kind = @kind AND {condition} ORDER BY kind, id LIMIT 10";
        foreach (string name in (string[])["kind", "owner", "state", "after", "key"])
        {
            command.Parameters.AddWithValue(name, "x");
        }

        var plan = new List<string>();
        using Microsoft.Data.Sqlite.SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            plan.Add(rows.GetString(3));
        }

        Assert.Contains(plan, step => step.Contains($"INDEX {index} ", StringComparison.Ordinal) || step.Contains("SEARCH " + index, StringComparison.Ordinal));
        Assert.DoesNotContain(plan, static step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal));
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
