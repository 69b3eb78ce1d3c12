using ESign.Pki.Issuance;
using ESign.Testing;
using Npgsql;

namespace ESign.Storage.Tests;

public sealed class PostgresCertificateRepositoryTests(PostgresServer server) : CertificateRepositoryContract, IClassFixture<PostgresServer>
{
    protected override async ValueTask<ICertificateRepository> OpenAsync()
    {
        if (server.MissingReason is { } reason)
        {
            Ci.SkipOrFail(reason);
        }

        return await SqlCertificateRepository.OpenPostgresAsync(server.Source!);
    }

    [Fact]
    public async Task Several_servers_may_start_and_migrate_at_once()
    {
        ICertificateRepository[] repositories = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await OpenAsync())));
        Assert.Equal(4, repositories.Length);
    }

    [Fact]
    public async Task Kill_9_in_the_middle_of_a_thousand_issuances_loses_nothing_acknowledged_and_hides_nothing()
    {
        await OpenAsync();
        await using (NpgsqlCommand create = server.Source!.CreateCommand("CREATE DATABASE crash"))
        {
            await create.ExecuteNonQueryAsync();
        }

        string connection = new NpgsqlConnectionStringBuilder(server.Source.ConnectionString) { Database = "crash" }.ConnectionString;
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(connection);
        await CrashTest.RunAsync("postgres", connection, async () => await SqlCertificateRepository.OpenPostgresAsync(source));
    }
}
