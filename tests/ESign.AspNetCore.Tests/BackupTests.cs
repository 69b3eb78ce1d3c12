using System.Formats.Tar;
using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using ESign.Pki.Revocation;
using ESign.Testing;
using Microsoft.Data.Sqlite;

namespace ESign.AspNetCore.Tests;

/// <summary>The drill: issue, back up, issue more, lose everything, restore, serve, check.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Drill_what_was_there_at_the_backup_is_there_again_and_nothing_contradicts_what_came_after()
    {
        File.WriteAllText(_folder.PathTo("password"), "correct horse battery\n");
        string before, after, token;
        BigInteger lastCrl;
        await using (ConfiguredServer server = await ConfiguredServer.StartAsync(_folder.PathTo("data"), []))
        {
            token = await server.CreateTokenAsync("officer");
            before = await IssueAsync(server, token, "before");
            await RevokeAsync(server, token, before);
            File.WriteAllText(_folder.PathTo("kept"), await server.Client.GetStringAsync("/audit/checkpoint"));
            JsonNode manifest = Esign(0, "backup", _folder.PathTo("backup"), "--data", _folder.PathTo("data"), "--password-file", _folder.PathTo("password"), "--include", _folder.PathTo("password"), "--json");
            Assert.Contains("esign.db", manifest["files"]!.AsArray().Select(static file => (string)file!));
            after = await IssueAsync(server, token, "after");
            for (int i = 0; i < 3; i++)
            {
                await RevokeAsync(server, token, await IssueAsync(server, token, "more"));
            }

            lastCrl = await CrlNumberAsync(server);
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder.PathTo("data"), recursive: true);
        JsonNode restored = Esign(0, "restore", _folder.PathTo("backup"), "--data", _folder.PathTo("again"), "--password-file", _folder.PathTo("password"), "--checkpoint", _folder.PathTo("kept"), "--json");
        Assert.True((long)restored["logSize"]! > 0);
        Assert.Equal("correct horse battery\n", File.ReadAllText(_folder.PathTo("again/included/password")));

        await using ConfiguredServer again = await ConfiguredServer.StartAsync(_folder.PathTo("again"), []);
        Assert.DoesNotContain("esign_", again.Announcement, StringComparison.Ordinal); // the tokens are the old ones
        JsonNode found = await RunningServer.ReadAsync(await again.SendAsync(HttpMethod.Get, "/api/v1/certificates/" + before, token));
        Assert.Equal("revoked", (string?)found["status"]);
        Assert.Equal(HttpStatusCode.NotFound, (await again.SendAsync(HttpMethod.Get, "/api/v1/certificates/" + after, token)).StatusCode);
        Assert.True(await CrlNumberAsync(again) > lastCrl);
        string[] serials = [await IssueAsync(again, token, "new"), before, after];
        Assert.Equal(3, serials.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(0, Tool.Run("dotnet", Path.Combine(AppContext.BaseDirectory, "esign.dll"), "audit", "verify", _folder.PathTo("again/esign.db"), "--key", _folder.PathTo("again/audit-public.pem"), "--checkpoint", _folder.PathTo("kept")).ExitCode);
        Tool status = Tool.Run("openssl", "verify", "-CAfile", Path.Combine(_folder.PathTo("again"), "keys/root.pem"), "-untrusted", Path.Combine(_folder.PathTo("again"), "keys/issuing.pem"), _folder.PathTo("after.pem"));
        Assert.Equal(0, status.ExitCode); // what was issued after the backup still verifies: the keys are the same
    }

    [Fact]
    public async Task What_is_damaged_altered_locked_or_in_the_way_restores_nothing()
    {
        await using (ConfiguredServer server = await ConfiguredServer.StartAsync(_folder.PathTo("data"), []))
        {
            await server.CreateTokenAsync("officer");
            File.WriteAllText(_folder.PathTo("kept-later"), await server.Client.GetStringAsync("/audit/checkpoint"));
        }

        File.WriteAllText(_folder.PathTo("password"), "correct horse battery");
        File.WriteAllText(_folder.PathTo("wrong"), "wrong horse");
        Esign(0, "backup", _folder.PathTo("plain"), "--data", _folder.PathTo("data"), "--json");
        Esign(0, "backup", _folder.PathTo("sealed"), "--data", _folder.PathTo("data"), "--password-file", _folder.PathTo("password"), "--json");
        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(_folder.PathTo("sealed")), StringComparison.Ordinal);
        Esign(73, "backup", _folder.PathTo("plain"), "--data", _folder.PathTo("data")); // never over an older one
        Esign(73, "restore", _folder.PathTo("plain"), "--data", _folder.PathTo("data")); // never over data
        Esign(77, "restore", _folder.PathTo("sealed"), "--data", _folder.PathTo("new"));
        Esign(77, "restore", _folder.PathTo("sealed"), "--data", _folder.PathTo("new"), "--password-file", _folder.PathTo("wrong"));
        Esign(65, "restore", _folder.PathTo("password"), "--data", _folder.PathTo("new"));
        Alter("sealed", static bytes => bytes[^100] ^= 1);
        Esign(77, "restore", _folder.PathTo("altered"), "--data", _folder.PathTo("new"), "--password-file", _folder.PathTo("password"));
        byte[] whole = File.ReadAllBytes(_folder.PathTo("sealed"));
        File.WriteAllBytes(_folder.PathTo("altered"), whole[..(35 + (2 * (65536 + 16)))]); // cut between two blocks
        Esign(77, "restore", _folder.PathTo("altered"), "--data", _folder.PathTo("new"), "--password-file", _folder.PathTo("password"));
        Alter("plain", bytes => bytes[IndexOf(bytes, "token.created"u8)] ^= 1);
        Esign(65, "restore", _folder.PathTo("altered"), "--data", _folder.PathTo("new"));
        WriteTar("escape", "../outside");
        Esign(65, "restore", _folder.PathTo("escape"), "--data", _folder.PathTo("new"));
        Assert.False(File.Exists(_folder.PathTo("outside")));

        // A log rewritten before the backup, or cut: the checkpoint kept elsewhere shows it.
        Execute(_folder.PathTo("data/esign.db"), "DELETE FROM audit_checkpoints; DELETE FROM audit_tiles; DELETE FROM audit_records WHERE position > 1");
        Esign(0, "backup", _folder.PathTo("cut"), "--data", _folder.PathTo("data"), "--json");
        Esign(65, "restore", _folder.PathTo("cut"), "--data", _folder.PathTo("new"), "--checkpoint", _folder.PathTo("kept-later"));
        Assert.False(Directory.Exists(_folder.PathTo("new")));
        Assert.Empty(Directory.GetDirectories(_folder.Path, "*.tmp"));
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> text) => bytes.AsSpan().IndexOf(text);

    private static void Execute(string database, string sql)
    {
        SqliteConnection.ClearAllPools();
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<BigInteger> CrlNumberAsync(ConfiguredServer server) =>
        new(CertificateRevocationList.Decode(await server.Client.GetByteArrayAsync("/ca/crl/issuing.crl")).Number!.Value.Span, isBigEndian: true);

    private static async Task RevokeAsync(ConfiguredServer server, string officer, string serial)
    {
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke", officer, new { reason = "superseded" }));
        await CrlNumberAsync(server); // a CRL is published
    }

    private static JsonNode Esign(int exit, params string[] arguments)
    {
        Tool esign = Tool.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "esign.dll"), .. arguments]);
        Assert.True(esign.ExitCode == exit, $"{string.Join(' ', arguments)}: {esign.ExitCode} {esign.Output} {esign.Error}");
        return exit == 0 ? JsonNode.Parse(esign.Output)! : new JsonObject();
    }

    private async Task<string> IssueAsync(ConfiguredServer server, string officer, string name)
    {
        var body = new { profile = "enterprise-seal", csr = RunningServer.CreateCsr(_folder, name), subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" } };
        JsonNode issued = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/certificates", officer, body), HttpStatusCode.Created);
        File.WriteAllText(_folder.PathTo(name + ".pem"), (string)issued["certificate"]!);
        return (string)issued["serialNumber"]!;
    }

    private void Alter(string file, Action<byte[]> change)
    {
        byte[] bytes = File.ReadAllBytes(_folder.PathTo(file));
        change(bytes);
        File.WriteAllBytes(_folder.PathTo("altered"), bytes);
    }

    private void WriteTar(string name, string entry)
    {
        using FileStream stream = File.Create(_folder.PathTo(name));
        using var tar = new TarWriter(stream, TarEntryFormat.Pax);
        foreach ((string path, string content) in new[] { ("manifest.json", $$"""{"format":1,"createdAt":"2026-01-01T00:00:00Z","hasDatabase":false,"files":[{"path":"{{entry}}","size":1,"sha256":""}]}"""), (entry, "x") })
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)) });
        }
    }
}
