using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>Signing by hash with a key that settings name: codes and authorisations outlive the process that made them.</summary>
public sealed class RemoteSigningPersistenceTests : IDisposable
{
    private static readonly string Hash = Convert.ToBase64String(SHA256.HashData("contract"u8));

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder.PathTo("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_code_sent_before_a_restart_authorises_after_it_and_the_authorisation_signs_after_the_next_once()
    {
        string owner;
        await using (ConfiguredServer first = await StartAsync())
        {
            owner = await CreateOwnerAsync(first);
            await IssueAsync(first, await first.CreateTokenAsync("officer"));
        }

        string code;
        await using (ConfiguredServer second = await StartAsync())
        {
            Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(second, "credentials/sendOTP", owner, new { credentialID = "seal" })).StatusCode);
            Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(second, "credentials/sendOTP", owner, new { credentialID = "seal" })).StatusCode);
            string line = File.ReadAllLines(Path.Combine(Data, "one-time-codes.log"))[^1];
            Assert.StartsWith("DEVELOPMENT ONLY", line, StringComparison.Ordinal);
            code = line.Split(' ')[^1];
        }

        string sad;
        await using (ConfiguredServer third = await StartAsync())
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(third, "credentials/sendOTP", owner, new { credentialID = "seal" })).StatusCode);
            var body = new { credentialID = "seal", numSignatures = 1, hashes = new[] { Hash }, authData = new[] { new { id = "OTP", value = code } } };
            sad = (string)(await RunningServer.ReadAsync(await PostAsync(third, "credentials/authorize", owner, body)))["SAD"]!;
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(third, "credentials/authorize", owner, body)).StatusCode); // a code is good once
        }

        await using ConfiguredServer fourth = await StartAsync();
        var sign = new { credentialID = "seal", SAD = sad, hashes = new[] { Hash } };
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => PostAsync(fourth, "signatures/signHash", owner, sign)));
        HttpResponseMessage signed = Assert.Single(answers, static answer => answer.StatusCode == HttpStatusCode.OK); // of four at once, one
        Assert.NotEmpty((string)(await RunningServer.ReadAsync(signed))["signatures"]![0]!);
        JsonNode replay = await RunningServer.ReadAsync(await PostAsync(fourth, "signatures/signHash", owner, sign), HttpStatusCode.BadRequest);
        Assert.Equal("invalid_sad", (string?)replay["error"]);
        AssertNotStored(sad);
    }

    [Fact]
    public async Task An_authorisation_for_one_hash_does_not_sign_it_twice_and_a_revoked_certificate_not_at_all()
    {
        await using (ConfiguredServer first = await ConfiguredServer.StartAsync(Data, []))
        {
            await IssueAsync(first, await first.CreateTokenAsync("officer"));
            _administrator = first.AdministratorToken;
        }

        await using ConfiguredServer server = await StartAsync();
        string owner = await CreateOwnerAsync(server, _administrator), officer = await CreateTokenAsync(server, _administrator, "officer", "officer");
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync(server, "credentials/sendOTP", owner, new { credentialID = "seal" })).StatusCode);
        string code = File.ReadAllLines(Path.Combine(Data, "one-time-codes.log"))[^1].Split(' ')[^1];
        var authorize = new { credentialID = "seal", numSignatures = 1, hashes = new[] { Hash }, authData = new[] { new { id = "OTP", value = code } } };
        string sad = (string)(await RunningServer.ReadAsync(await PostAsync(server, "credentials/authorize", owner, authorize)))["SAD"]!;
        JsonNode twice = await RunningServer.ReadAsync(await PostAsync(server, "signatures/signHash", owner, new { credentialID = "seal", SAD = sad, hashes = new[] { Hash, Hash } }), HttpStatusCode.BadRequest);
        Assert.Equal("invalid_sad", (string?)twice["error"]);

        string serial = Pki.Certificates.Certificate.FromPem(File.ReadAllText(_folder.PathTo("seal.pem"))).SerialNumberHex;
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke", officer, new { reason = "keyCompromise" }));
        JsonNode info = await RunningServer.ReadAsync(await PostAsync(server, "credentials/info", owner, new { credentialID = "seal" }));
        Assert.Equal("revoked", (string?)info["cert"]!["status"]);
        JsonNode refused = await RunningServer.ReadAsync(await PostAsync(server, "signatures/signHash", owner, new { credentialID = "seal", SAD = sad, hashes = new[] { Hash } }), HttpStatusCode.BadRequest);
        Assert.Equal("credential-not-in-force", (string?)refused["error"]);
    }

    [Fact]
    public async Task Csc_11_12_signatures_timestamp_is_an_RFC_3161_token_over_the_hash()
    {
        await using ConfiguredServer server = await ConfiguredServer.StartAsync(Data, []);
        string client = await CreateOwnerAsync(server);
        JsonNode stamped = await RunningServer.ReadAsync(await PostAsync(server, "signatures/timestamp", client, new { hash = Hash, hashAlgo = DigestAlgorithm.Sha256.Oid }));
        TimestampToken token = TimestampToken.Decode(Convert.FromBase64String((string)stamped["timestamp"]!));
        Assert.Equal(Hash, Convert.ToBase64String(token.Info.HashedMessage.Span));
        foreach (object bad in new object[] { new { hash = Hash, hashAlgo = "1.2.3" }, new { hash = "AAAA", hashAlgo = DigestAlgorithm.Sha256.Oid }, new { hash = "not base64", hashAlgo = DigestAlgorithm.Sha256.Oid }, new { } })
        {
            JsonNode refused = await RunningServer.ReadAsync(await PostAsync(server, "signatures/timestamp", client, bad), HttpStatusCode.BadRequest);
            Assert.Equal("invalid_request", (string?)refused["error"]);
        }
    }

    private string _administrator = "";

    private static Task<HttpResponseMessage> PostAsync(ConfiguredServer server, string method, string token, object body) =>
        server.SendAsync(HttpMethod.Post, "/csc/v2/" + method, token, body);

    private static Task<string> CreateOwnerAsync(ConfiguredServer server, string? administrator = null) => CreateTokenAsync(server, administrator ?? server.AdministratorToken, "深圳示例", "client");

    private static async Task<string> CreateTokenAsync(ConfiguredServer server, string administrator, string name, string role)
    {
        JsonNode made = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", administrator, new { name, roles = new[] { role } }), HttpStatusCode.Created);
        return (string)made["token"]!;
    }

    // The credential's files must be there when the service starts: the first start makes them.
    private Task<ConfiguredServer> StartAsync() => File.Exists(_folder.PathTo("seal.pem"))
        ? ConfiguredServer.StartAsync(Data, [
            "--RemoteSigning:Credentials:0:Id", "seal", "--RemoteSigning:Credentials:0:Certificate", _folder.PathTo("seal.pem"), "--RemoteSigning:Credentials:0:Key", _folder.PathTo("seal.key"),
            "--RemoteSigning:Credentials:0:Owner", "深圳示例", "--RemoteSigning:Credentials:0:Recipient", "13800000000"])
        : ConfiguredServer.StartAsync(Data, []);

    private async Task IssueAsync(ConfiguredServer server, string officer)
    {
        var body = new { profile = "enterprise-seal", csr = RunningServer.CreateCsr(_folder, "seal"), subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" } };
        JsonNode issued = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/certificates", officer, body), HttpStatusCode.Created);
        File.WriteAllText(_folder.PathTo("seal.pem"), (string)issued["certificate"]! + string.Concat(issued["chain"]!.AsArray().Select(static each => (string)each!)));
    }

    // Who reads the database must not learn what signs.
    private void AssertNotStored(string secret)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        string database = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Data, "esign.db")));
        Assert.DoesNotContain(secret, database, StringComparison.Ordinal);
    }
}
