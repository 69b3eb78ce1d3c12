using ESign.Registration.Access;
using ESign.Testing;

namespace ESign.Storage.Tests;

/// <summary>What every store of expiring records promises: one writer wins, one remover wins, the expired go.</summary>
public sealed class ExpiringRecordStoreTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_two_writers_of_one_version_one_succeeds_and_a_record_is_removed_once(string kind)
    {
        IExpiringRecordStore store = await OpenAsync(kind);
        var record = new ExpiringRecord("code", 0, "a"u8.ToArray(), Now.AddMinutes(5));
        Assert.True(await store.TryWriteAsync(record, Now, TestContext.Current.CancellationToken));
        Assert.False(await store.TryWriteAsync(record, Now, TestContext.Current.CancellationToken));
        ExpiringRecord read = (await store.FindAsync("code", TestContext.Current.CancellationToken))!;
        Assert.Equal((1, record.ExpiresAt), (read.Version, read.ExpiresAt));
        Assert.Equal("a"u8.ToArray(), read.Content.ToArray());

        bool[] written = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.TryWriteAsync(read with { Content = new[] { (byte)i } }, Now).AsTask()));
        Assert.Single(written, static won => won);
        bool[] removed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.TryRemoveAsync("code").AsTask()));
        Assert.Single(removed, static won => won);
        Assert.Null(await store.FindAsync("code", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Expired_records_are_cleared_by_the_next_writer(string kind)
    {
        IExpiringRecordStore store = await OpenAsync(kind);
        await store.TryWriteAsync(new ExpiringRecord("old", 0, default, Now), Now, TestContext.Current.CancellationToken);
        Assert.NotNull(await store.FindAsync("old", TestContext.Current.CancellationToken));
        await store.TryWriteAsync(new ExpiringRecord("new", 0, default, Now.AddDays(1)), Now.AddSeconds(1), TestContext.Current.CancellationToken);
        Assert.Null(await store.FindAsync("old", TestContext.Current.CancellationToken));
    }

    private async Task<IExpiringRecordStore> OpenAsync(string kind)
    {
        if (kind == "postgres" && server.Source is null)
        {
            Ci.SkipOrFail(server.MissingReason!);
        }

        return kind switch
        {
            "memory" => new InMemoryExpiringRecordStore(),
            "sqlite" => SqlExpiringRecordStore.OpenSqlite(_folder.PathTo("records.db")),
            _ => await SqlExpiringRecordStore.OpenPostgresAsync(server.Source!, TestContext.Current.CancellationToken),
        };
    }
}
