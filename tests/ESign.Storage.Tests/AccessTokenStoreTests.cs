using ESign.Registration.Access;
using ESign.Testing;

namespace ESign.Storage.Tests;

/// <summary>What every store of access tokens promises: in memory, SQLite, PostgreSQL.</summary>
public sealed class AccessTokenStoreTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Stores => ["memory", "sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Tokens_are_listed_by_id_page_by_page(string kind)
    {
        IAccessTokenStore store = await OpenAsync(kind);
        foreach (string id in (string[])["03", "01", "x509-04", "02"])
        {
            await store.AddAsync(Token(id));
        }

        Assert.Equal(["01", "02"], await store.ListAsync(limit: 2).Select(static token => token.Id).ToArrayAsync());
        Assert.Equal(["03", "x509-04"], await store.ListAsync(after: "02", limit: 2).Select(static token => token.Id).ToArrayAsync());
        Assert.Equal(["x509-04"], await store.ListAsync(after: "04").Select(static token => token.Id).ToArrayAsync()); // an id that never was is a place like any other
        Assert.Empty(await store.ListAsync(after: "x509-04").ToArrayAsync());
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_token_is_withdrawn_once_and_enrols_once_whoever_does_either_at_the_same_moment(string kind)
    {
        IAccessTokenStore store = await OpenAsync(kind);
        for (int round = 0; round < 20; round++)
        {
            string id = $"{round:x8}";
            await store.AddAsync(Token(id));
            bool[] withdrawn = new bool[4], enrolled = new bool[4];
            await Parallel.ForAsync(0, 8, async (i, cancellationToken) =>
            {
                if (i % 2 == 0)
                {
                    withdrawn[i / 2] = await store.TryRevokeAsync(id, DateTimeOffset.UnixEpoch, cancellationToken);
                }
                else
                {
                    enrolled[i / 2] = await store.TryTakeEnrolmentAsync(id, cancellationToken);
                }
            });
            Assert.Single(withdrawn, true);
            Assert.Single(enrolled, true);
            AccessToken token = (await store.FindAsync(id))!;
            Assert.Equal((DateTimeOffset.UnixEpoch, true), (token.RevokedAt, token.IsEnrolled));
        }

        Assert.False(await store.TryRevokeAsync("nobody", DateTimeOffset.UnixEpoch));
        Assert.False(await store.TryTakeEnrolmentAsync("nobody"));
        Assert.Null(await store.FindAsync("nobody"));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private static AccessToken Token(string id) =>
        new() { Id = id, Name = "n", Roles = AccessRoles.Client, SecretHash = new byte[32], CreatedAt = default, ExpiresAt = default };

    private async Task<IAccessTokenStore> OpenAsync(string kind)
    {
        switch (kind)
        {
            case "memory":
                return new InMemoryAccessTokenStore();
            case "sqlite":
                return SqlAccessTokenStore.OpenSqlite(_folder.PathTo("tokens.db"));
            default:
                if (server.MissingReason is { } reason)
                {
                    Ci.SkipOrFail(reason);
                }

                SqlAccessTokenStore store = await SqlAccessTokenStore.OpenPostgresAsync(server.Source!);
                await server.Source!.CreateCommand("DELETE FROM access_tokens").ExecuteNonQueryAsync();
                return store;
        }
    }
}
