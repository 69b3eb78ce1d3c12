using System.Text;
using ESign.Pki.Transparency;
using ESign.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ESign.Storage.Tests;

/// <summary>The log's tree in tiles: the same roots and proofs as a tree in memory, in any batches, in both databases.</summary>
public sealed class TransparencyLogTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Tiles_give_the_roots_and_proofs_of_a_tree_in_memory(string kind)
    {
        ITransparencyLog log = await OpenAsync(kind);
        var expected = new InMemoryTransparencyLog();
        int written = 0;
        foreach (int count in new[] { 1, 2, 253, 1, 300, 7 }) // ends on, before and after the edge of a tile
        {
            ReadOnlyMemory<byte>[] batch = [.. Enumerable.Range(written, count).Select(static i => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes($"record {i}"))];
            Assert.Equal(written, await log.AppendAsync(batch, TestContext.Current.CancellationToken));
            await expected.AppendAsync(batch, TestContext.Current.CancellationToken);
            written += count;
            await AssertSameAsync(expected, log, written);
        }
    }

    [Fact]
    public async Task A_log_from_before_there_were_tiles_gets_them_when_it_is_opened()
    {
        string file = _folder.PathTo("old.db");
        ITransparencyLog log = SqlTransparencyLog.OpenSqlite(file);
        var expected = new InMemoryTransparencyLog();
        ReadOnlyMemory<byte>[] records = [.. Enumerable.Range(0, 300).Select(static i => (ReadOnlyMemory<byte>)Encoding.ASCII.GetBytes($"record {i}"))];
        await log.AppendAsync(records, TestContext.Current.CancellationToken);
        await expected.AppendAsync(records, TestContext.Current.CancellationToken);
        await using (var connection = new SqliteConnection("Data Source=" + file))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DELETE FROM audit_tiles";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await AssertSameAsync(expected, SqlTransparencyLog.OpenSqlite(file), 300);
    }

    private static async Task AssertSameAsync(ITransparencyLog expected, ITransparencyLog actual, long size)
    {
        MerkleTree left = await expected.OpenTreeAsync();
        MerkleTree right = await actual.OpenTreeAsync();
        Assert.Equal(size, right.Size);
        Assert.Equal(await left.RootAsync(size), await right.RootAsync(size));
        Assert.Equal(await left.ProveInclusionAsync(size / 2, size), await right.ProveInclusionAsync(size / 2, size));
        Assert.Equal(await left.ProveConsistencyAsync((size / 2) + 1, size), await right.ProveConsistencyAsync((size / 2) + 1, size));
    }

    private async Task<ITransparencyLog> OpenAsync(string kind)
    {
        if (kind == "sqlite")
        {
            return SqlTransparencyLog.OpenSqlite(_folder.PathTo("log.db"));
        }

        if (server.Source is null)
        {
            Ci.SkipOrFail(server.MissingReason!);
        }

        SqlTransparencyLog log = await SqlTransparencyLog.OpenPostgresAsync(server.Source!, TestContext.Current.CancellationToken);
        await using NpgsqlCommand clear = server.Source!.CreateCommand("DELETE FROM audit_records; DELETE FROM audit_tiles");
        await clear.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return log;
    }
}
