using ESign.Pki.Issuance;
using ESign.Testing;

namespace ESign.Storage.Tests;

public sealed class PostgresCertificateRepositoryTests(PostgresServer server) : CertificateRepositoryContract, IClassFixture<PostgresServer>
{
    protected override async ValueTask<ICertificateRepository> OpenAsync()
    {
        if (server.MissingReason is { } reason)
        {
            Ci.SkipOrFail(reason);
        }

        return await PostgresCertificateRepository.OpenAsync(server.Source!);
    }

    [Fact]
    public async Task Several_servers_may_start_and_migrate_at_once()
    {
        ICertificateRepository[] repositories = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await OpenAsync())));
        Assert.Equal(4, repositories.Length);
    }
}
