using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Pki.Transparency;
using ESign.Storage;
using ESign.Storage.Tests;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>Servers that share a database, and servers that are killed: what was acknowledged is there.</summary>
public class SeveralServersTests(PostgresServer database) : IClassFixture<PostgresServer>
{
    private readonly ConcurrentBag<string> _acknowledged = [];

    [Fact]
    public async Task Two_servers_on_one_PostgreSQL_grow_one_tree_and_one_dies_in_the_middle()
    {
        if (database.Source is null)
        {
            Ci.SkipOrFail(database.MissingReason!);
        }

        using var folder = new TemporaryFolder();
        string[] store = ["--ConnectionStrings:PostgreSql", database.Source!.ConnectionString];
        using ServerProcess first = await ServerProcess.StartAsync(folder.PathTo("data"), store);
        using ServerProcess second = await ServerProcess.StartAsync(folder.PathTo("data"), [.. store, "--CertificateAuthority:InstanceId", "2"]);
        string officer = await CreateOfficerAsync(first);

        Task[] load = [.. new[] { first, second, first, second }.Select(server => Task.Run(() => WorkAsync(server, officer, rounds: 12)))];
        Task<List<(BigInteger Number, string Crl)>>[] published = [.. new[] { first, second }.Select(server => Task.Run(() => RevokeAndPublishAsync(server, officer, rounds: 4)))];
        (BigInteger Number, string Crl)[] crls = [.. (await Task.WhenAll(published)).SelectMany(static each => each)];
        Assert.Equal(crls.Select(static crl => crl.Crl).Distinct().Count(), crls.Select(static crl => crl.Number).Distinct().Count()); // no number for two CRLs
        Assert.Equal(8, crls.Select(static crl => crl.Number).Distinct().Count());
        await WaitForAsync(() => _acknowledged.Count > 20);
        second.Kill();
        await Task.WhenAll(load);

        Assert.Equal(_acknowledged.Count, _acknowledged.Distinct(StringComparer.Ordinal).Count());
        SqlTransparencyLog log = await SqlTransparencyLog.OpenPostgresAsync(database.Source, TestContext.Current.CancellationToken);
        HashSet<string> recorded = await ReadSubjectsAsync(log);
        Assert.All(_acknowledged, serial => Assert.Contains(serial, recorded));
        await AssertIntactAsync(first, log);
        await AssertCrlNumbersGrowAsync(first, officer);
    }

    [Fact]
    public async Task A_server_killed_under_load_starts_again_with_everything_it_acknowledged()
    {
        using var folder = new TemporaryFolder();
        using (ServerProcess server = await ServerProcess.StartAsync(folder.PathTo("data")))
        {
            string officer = await CreateOfficerAsync(server);
            Task[] load = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() => WorkAsync(server, officer, rounds: 40)))];
            await WaitForAsync(() => _acknowledged.Count > 15);
            server.Kill();
            await Task.WhenAll(load);
        }

        using ServerProcess again = await ServerProcess.StartAsync(folder.PathTo("data"));
        Assert.DoesNotContain("esign_", again.Output, StringComparison.Ordinal);
        SqlTransparencyLog log = SqlTransparencyLog.OpenSqliteReadOnly(folder.PathTo("data/esign.db"));
        HashSet<string> recorded = await ReadSubjectsAsync(log);
        Assert.All(_acknowledged, serial => Assert.Contains(serial, recorded));
        await AssertIntactAsync(again, log);
    }

    // Works until the rounds are over or the server is gone.
    private async Task WorkAsync(ServerProcess server, string officer, int rounds)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var source = new HttpTimestampSource(client, new Uri(server.Address, "/tsa"), new HttpTimestampOptions { Retries = 0 });
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int i = 0; i < 4; i++)
                {
                    TimestampToken token = await source.GetTimestampAsync(DigestAlgorithm.Sha256, RandomNumberGenerator.GetBytes(32));
                    _acknowledged.Add(Convert.ToHexStringLower(token.Info.SerialNumber.Span));
                }

                _acknowledged.Add(await IssueAsync(client, officer));
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TimestampUnavailableException or IOException)
        {
            Assert.NotEmpty(_acknowledged); // killed
        }
    }

    private async Task<List<(BigInteger Number, string Crl)>> RevokeAndPublishAsync(ServerProcess server, string officer, int rounds)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var crls = new List<(BigInteger, string)>();
        for (int round = 0; round < rounds; round++)
        {
            string serial = await IssueAsync(client, officer);
            _acknowledged.Add(serial);
            using HttpResponseMessage revoked = await PostAsync(client, $"/api/v1/certificates/{serial}/revoke", officer, new { reason = "superseded" });
            revoked.EnsureSuccessStatusCode();
            byte[] crl = await client.GetByteArrayAsync("/ca/crl/issuing.crl");
            Assert.Contains(serial, Convert.ToHexStringLower(crl), StringComparison.Ordinal); // what this server revoked is on its next CRL
            crls.Add((new BigInteger(CertificateRevocationList.Decode(crl).Number!.Value.Span, isBigEndian: true), Convert.ToHexString(SHA256.HashData(crl))));
        }

        return crls;
    }

    private static async Task<string> IssueAsync(HttpClient client, string officer)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string csr = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" };
        using HttpResponseMessage issued = await PostAsync(client, "/api/v1/certificates", officer, new { profile = "enterprise-seal", subject, csr });
        issued.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await issued.Content.ReadAsStringAsync())!["serialNumber"]!;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string token, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client.SendAsync(request);
    }

    private static async Task<string> CreateOfficerAsync(ServerProcess server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        string administrator = server.Output.Split(' ', '\n').First(static word => word.StartsWith("esign_", StringComparison.Ordinal));
        using HttpResponseMessage made = await PostAsync(client, "/api/v1/tokens", administrator, new { name = "officer", roles = new[] { "officer" } });
        return (string)(await RunningServer.ReadAsync(made, System.Net.HttpStatusCode.Created))["token"]!;
    }

    private static async Task<HashSet<string>> ReadSubjectsAsync(ITransparencyLog log)
    {
        var subjects = new HashSet<string>(StringComparer.Ordinal);
        await foreach (LogRecord record in log.ReadAsync(0, long.MaxValue))
        {
            subjects.Add((string)JsonNode.Parse(record.Content.Span)!["subject"]!);
        }

        return subjects;
    }

    private static async Task AssertIntactAsync(ServerProcess server, ITransparencyLog log)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(await client.GetStringAsync("/api/v1/audit/key"));
        string note = await client.GetStringAsync("/api/v1/audit/checkpoint");
        LogVerdict verdict = await new LogVerifier(key.ExportSubjectPublicKeyInfo(), SignatureAlgorithm.EcdsaP256Sha256).VerifyAsync(log, [note]);
        Assert.Empty(verdict.Findings);
        Assert.True(verdict.Checkpoints > 0);
    }

    private static async Task AssertCrlNumbersGrowAsync(ServerProcess server, string officer)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        BigInteger last = 0;
        for (int i = 0; i < 3; i++)
        {
            string serial = await IssueAsync(client, officer);
            using HttpResponseMessage revoked = await PostAsync(client, $"/api/v1/certificates/{serial}/revoke", officer, new { reason = "superseded" });
            revoked.EnsureSuccessStatusCode();
            CertificateRevocationList crl = CertificateRevocationList.Decode(await client.GetByteArrayAsync("/ca/crl/issuing.crl"));
            var number = new BigInteger(crl.Number!.Value.Span, isBigEndian: true);
            Assert.True(number > last);
            last = number;
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        for (int attempt = 0; attempt < 600 && !condition(); attempt++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition());
    }
}
