using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Transparency;
using ESign.Testing;
using Microsoft.Data.Sqlite;

namespace ESign.AspNetCore.Tests;

/// <summary>The audit log over HTTP, and its database file in the hands of somebody who wants a record gone.</summary>
public class AuditLogTests(RunningServer server)
{
    [Fact]
    public async Task What_happened_is_recorded_with_who_did_it()
    {
        using var folder = new TemporaryFolder();
        string serial = await server.IssueEnterpriseAsync(folder);
        TimestampToken token = await new HttpTimestampSource(server.Client, new Uri(server.Address, "/tsa")).GetTimestampAsync(DigestAlgorithm.Sha256, new byte[32], TestContext.Current.CancellationToken);
        JsonNode issued = Assert.Single(await ReadRecordsAsync(), record => (string?)record["action"] == "certificate.issued" && (string?)record["subject"] == serial);
        Assert.Contains("test officer", (string?)issued["actor"], StringComparison.Ordinal);
        Assert.Equal("case 7", (string?)issued["evidence"]);
        string stampSerial = Convert.ToHexStringLower(token.Info.SerialNumber.Span);
        JsonNode stamped = Assert.Single(await ReadRecordsAsync(), record => (string?)record["subject"] == stampSerial);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(token.RawData.Span)), (string?)stamped["tokenSha256"]);
    }

    [Fact]
    public async Task A_stranger_checks_a_record_against_a_signed_and_stamped_checkpoint()
    {
        Checkpoint first = await ReadCheckpointAsync();
        await server.CreateTokenAsync("auditor");
        Checkpoint second = await ReadCheckpointAsync();
        Assert.True(second.Size > first.Size);

        JsonNode record = (await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, $"/api/v1/audit/records?start={second.Size - 1}&count=1", server.AuditorToken)))[0]!;
        IReadOnlyList<byte[]> inclusion = await ReadProofAsync($"/api/v1/audit/proofs/inclusion?leaf={second.Size - 1}&size={second.Size}");
        byte[] content = Convert.FromBase64String((string)record["content"]!);
        Assert.True(MerkleProof.VerifyInclusion(content, second.Size - 1, second.Size, second.RootHash.Span, inclusion));
        content[^2] ^= 1;
        Assert.False(MerkleProof.VerifyInclusion(content, second.Size - 1, second.Size, second.RootHash.Span, inclusion));

        IReadOnlyList<byte[]> consistency = await ReadProofAsync($"/api/v1/audit/proofs/consistency?from={first.Size}&to={second.Size}");
        Assert.True(MerkleProof.VerifyConsistency(first.Size, first.RootHash.Span, second.Size, second.RootHash.Span, consistency));

        TimestampToken token = TimestampToken.Decode(await server.Client.GetByteArrayAsync("/api/v1/audit/checkpoint/token"), out _);
        Assert.Equal(DigestAlgorithm.Sha256.Oid, token.Info.DigestOid);
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("UPDATE audit_records SET record = CAST(replace(CAST(record AS TEXT), 'officer', 'nobody!') AS BLOB) WHERE position = 4", false)]
    [InlineData("DELETE FROM audit_records WHERE position = 3", false)]
    [InlineData("DELETE FROM audit_records WHERE position = 3; UPDATE audit_records SET position = position - 1 WHERE position > 3", false)]
    [InlineData("UPDATE audit_records SET position = -1 WHERE position = 2; UPDATE audit_records SET position = 2 WHERE position = 3; UPDATE audit_records SET position = 3 WHERE position = -1", false)]
    [InlineData("DELETE FROM audit_records WHERE position = (SELECT MAX(position) FROM audit_records)", false)]
    [InlineData("UPDATE audit_checkpoints SET note = replace(note, char(10), char(10) || '1')", false)]
    [InlineData("UPDATE audit_checkpoints SET token = (SELECT token FROM audit_checkpoints ORDER BY size LIMIT 1) WHERE size = (SELECT MAX(size) FROM audit_checkpoints)", false)]
    [InlineData("UPDATE audit_tiles SET hashes = zeroblob(length(hashes))", false)]
    [InlineData("DELETE FROM audit_records WHERE position > 2; DELETE FROM audit_tiles; DELETE FROM audit_checkpoints", false)]
    public async Task Esign_audit_verify_finds_what_was_done_to_the_file(string sql, bool isIntact)
    {
        using var folder = new TemporaryFolder();
        await ReadCheckpointAsync();
        await server.CreateTokenAsync("client"); // so that there are two checkpoints at least
        File.WriteAllText(folder.PathTo("key.pem"), await server.Client.GetStringAsync("/api/v1/audit/key"));
        File.WriteAllText(folder.PathTo("kept"), await server.Client.GetStringAsync("/api/v1/audit/checkpoint"));
        string copy = folder.PathTo("esign.db");
        Execute(server.Database, $"VACUUM INTO '{copy}'");
        if (!isIntact)
        {
            Execute(copy, sql);
        }

        Tool esign = Tool.Run("dotnet", Path.Combine(AppContext.BaseDirectory, "esign.dll"), "audit", "verify", copy, "--key", folder.PathTo("key.pem"), "--checkpoint", folder.PathTo("kept"), "--json");
        Assert.Equal("", esign.Error);
        Assert.Equal(isIntact, (bool)JsonNode.Parse(esign.Output)!["intact"]!);
        Assert.Equal(isIntact ? 0 : 1, esign.ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Esign_audit_verify_checks_the_log_over_HTTP_with_and_without_its_records(bool withRecords)
    {
        using var folder = new TemporaryFolder();
        var source = new HttpTimestampSource(server.Client, new Uri(server.Address, "/tsa"));
        while ((await ReadCheckpointAsync()).Size < 300) // more than one tile
        {
            await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => source.GetTimestampAsync(DigestAlgorithm.Sha256, RandomNumberGenerator.GetBytes(32)).AsTask()));
        }

        File.WriteAllText(folder.PathTo("key.pem"), await server.Client.GetStringAsync("/audit/key.pem"));
        File.WriteAllText(folder.PathTo("kept"), await server.Client.GetStringAsync("/audit/checkpoint"));
        File.WriteAllText(folder.PathTo("token"), server.AuditorToken + "\n");
        await server.CreateTokenAsync("client");
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "esign.dll"), "audit", "verify", server.Address + "audit", "--key", folder.PathTo("key.pem"), "--checkpoint", folder.PathTo("kept"), "--json"];
        Tool esign = Tool.Run("dotnet", [.. arguments, .. withRecords ? new[] { "--token-file", folder.PathTo("token") } : []]);
        Assert.Equal("", esign.Error);
        JsonNode verdict = JsonNode.Parse(esign.Output)!;
        Assert.True((bool)verdict["intact"]!, esign.Output);
        Assert.Equal(2, (int)verdict["checkpoints"]!);
        Assert.NotNull(verdict["stampedAt"]);

        // A checkpoint of another history, signed by another key: the log is not its continuation.
        using LocalSigningKey other = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        File.WriteAllText(folder.PathTo("kept"), await new Checkpoint("x", 3, new byte[32]).SignAsync(other, TestContext.Current.CancellationToken));
        Assert.Equal(1, Tool.Run("dotnet", arguments).ExitCode);
        if (withRecords)
        {
            File.WriteAllText(folder.PathTo("token"), server.OfficerToken);
            Assert.Equal(77, Tool.Run("dotnet", [.. arguments, "--token-file", folder.PathTo("token")]).ExitCode);
        }
    }

    /// <summary>C2SP tlog-tiles: hashes one after another, 256 to a tile, fewer in the last; records behind their lengths, for auditors.</summary>
    [Fact]
    public async Task C2SP_tlog_tiles_hashes_and_records_are_served_as_laid_out_there()
    {
        Checkpoint checkpoint = await ReadCheckpointAsync();
        int width = (int)Math.Min(4, checkpoint.Size);
        byte[] tile = await server.Client.GetByteArrayAsync($"/audit/tile/0/000.p/{width}");
        Assert.Equal(width * 32, tile.Length);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/audit/tile/entries/000.p/{width}") { Headers = { Authorization = new("Bearer", server.AuditorToken) } };
        using HttpResponseMessage reply = await server.Client.SendAsync(request);
        byte[] bundle = await reply.Content.ReadAsByteArrayAsync();
        int position = 0;
        for (int i = 0; i < width; i++)
        {
            int length = (bundle[position] << 8) | bundle[position + 1];
            byte[] leaf = SHA256.HashData([0, .. bundle.AsSpan(position + 2, length)]);
            Assert.Equal(leaf, tile[(i * 32)..((i + 1) * 32)]);
            position += 2 + length;
        }

        Assert.Equal(bundle.Length, position);
        Assert.Contains("immutable", reply.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        foreach ((string path, int status) in new[] { ("tile/0/x999/999", 404), ("tile/0/000.p/0", 400), ("tile/0/000.p/256", 400), ("tile/0/1", 400), ("tile/0/x000/000", 400), ("tile/99/000", 404), ("tile/entries/000.p/1", 401), ("tile/0/" + new string('9', 300), 400) })
        {
            Assert.Equal(status, (int)(await server.Client.GetAsync("/audit/" + path)).StatusCode);
        }
    }

    [Theory]
    [InlineData("000", 0, 256)]
    [InlineData("x001/x234/067", 1_234_067, 256)]
    [InlineData("x001/000.p/17", 1000, 17)]
    public void C2SP_tlog_tiles_numbers_are_written_in_groups_of_three(string text, long number, int width)
    {
        Assert.True(TilePath.TryParse(text, out TilePath path));
        Assert.Equal(new TilePath(number, width), path);
        Assert.Equal(text, path.ToString());
    }

    [Fact]
    public async Task A_rewritten_tree_is_found_by_the_checkpoint_signed_before()
    {
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        using LocalSigningKey other = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        InMemoryTransparencyLog honest = await LogOfAsync("a", "b", "c");
        MerkleTree tree = await honest.OpenTreeAsync(TestContext.Current.CancellationToken);
        string note = await new Checkpoint("test/log", 3, await tree.RootAsync(3, TestContext.Current.CancellationToken)).SignAsync(key, TestContext.Current.CancellationToken);
        InMemoryTransparencyLog rewritten = await LogOfAsync("a", "x", "c"); // records and nodes agree with each other
        var verifier = new LogVerifier(key.SubjectPublicKeyInfo, key.Algorithm);
        Assert.True((await verifier.VerifyAsync(honest, [note], TestContext.Current.CancellationToken)).IsIntact);
        Assert.False((await verifier.VerifyAsync(rewritten, [note], TestContext.Current.CancellationToken)).IsIntact);
        Assert.False(Checkpoint.TryVerify(note, other.SubjectPublicKeyInfo, other.Algorithm, out _));
        Assert.False(Checkpoint.TryVerify(note.Replace("test/log\n3", "test/log\n4", StringComparison.Ordinal), key.SubjectPublicKeyInfo, key.Algorithm, out _));
    }

    /// <summary>The bytes by hand: C2SP signed-note, key ID = SHA-256(name ‖ LF ‖ 0xFF ‖ SubjectPublicKeyInfo)[..4].</summary>
    [Fact]
    public async Task C2SP_tlog_checkpoint_the_note_is_text_empty_line_signature()
    {
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        string note = await new Checkpoint("example.com/log", 20852163, new byte[32]).SignAsync(key, TestContext.Current.CancellationToken);
        string[] lines = note.Split('\n');
        Assert.Equal(["example.com/log", "20852163", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", ""], lines[..4]);
        Assert.StartsWith("— example.com/log ", lines[4], StringComparison.Ordinal);
        byte[] line = Convert.FromBase64String(lines[4].Split(' ')[2]);
        byte[] expected = SHA256.HashData([.. Encoding.UTF8.GetBytes("example.com/log\n"), 0xFF, .. key.SubjectPublicKeyInfo.Span])[..4];
        Assert.Equal(expected, line[..4]);
        using ECDsa platform = ECDsa.Create();
        platform.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo.Span, out _);
        Assert.True(platform.VerifyData(Encoding.UTF8.GetBytes(string.Join('\n', lines[..3]) + "\n"), line[4..], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    [Fact]
    public async Task Records_are_for_auditors_and_proofs_stay_in_range()
    {
        Assert.Equal(401, (int)(await server.SendAsync(HttpMethod.Get, "/api/v1/audit/records?start=0")).StatusCode);
        Assert.Equal(403, (int)(await server.SendAsync(HttpMethod.Get, "/api/v1/audit/records?start=0", server.OfficerToken)).StatusCode);
        foreach (string query in new[] { "inclusion?leaf=5&size=2", "inclusion?leaf=-1&size=2", "inclusion?leaf=0&size=99999999", "consistency?from=0&to=1", "consistency?from=9&to=3" })
        {
            Assert.Equal(422, (int)(await server.SendAsync(HttpMethod.Get, "/api/v1/audit/proofs/" + query)).StatusCode);
        }
    }

    private static void Execute(string database, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task<InMemoryTransparencyLog> LogOfAsync(params string[] records)
    {
        var log = new InMemoryTransparencyLog();
        await log.AppendAsync([.. records.Select(static record => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(record))]);
        return log;
    }

    private async Task<Checkpoint> ReadCheckpointAsync()
    {
        string pem = await server.Client.GetStringAsync("/api/v1/audit/key");
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(pem);
        string note = await server.Client.GetStringAsync("/api/v1/audit/checkpoint");
        Assert.True(Checkpoint.TryVerify(note, key.ExportSubjectPublicKeyInfo(), SignatureAlgorithm.EcdsaP256Sha256, out Checkpoint? checkpoint), note);
        return checkpoint;
    }

    private async Task<IReadOnlyList<byte[]>> ReadProofAsync(string path) =>
        [.. (await RunningServer.ReadAsync(await server.Client.GetAsync(path)))["hashes"]!.AsArray().Select(static hash => Convert.FromBase64String((string)hash!))];

    private async Task<IReadOnlyList<JsonNode>> ReadRecordsAsync() =>
        [.. (await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Get, "/api/v1/audit/records?start=0&count=1000", server.AuditorToken))).AsArray().Select(static record => record!["record"]!)];
}
