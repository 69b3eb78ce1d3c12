using System.Net;
using System.Numerics;
using System.Text.Json.Nodes;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Transparency;
using ESign.AspNetCore.Development;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>Partitions, deltas, and the CRL of a root whose key is in a safe.</summary>
public sealed class CrlPublicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Keys => _folder.PathTo("ca/keys");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Partitions_have_complete_CRLs_and_deltas_which_openssl_reads()
    {
        await MakeAuthorityAsync();
        await using ConfiguredServer server = await StartAsync("--CertificateAuthority:CrlPartitions", "4", "--CertificateAuthority:DeltaCrls", "true");
        string officer = await server.CreateTokenAsync("officer");
        var before = new Dictionary<int, BigInteger>();
        for (int partition = 0; partition < 4; partition++)
        {
            byte[] crl = await server.Client.GetByteArrayAsync($"/ca/crl/issuing-{partition}.crl");
            before[partition] = NumberOf(crl);
            Tool text = Tool.Run("openssl", "crl", "-inform", "DER", "-in", _folder.Write("p.crl", crl), "-noout", "-text");
            Assert.Contains("X509v3 Issuing Distribution Point: critical", text.Output, StringComparison.Ordinal);
            Assert.Contains($"issuing-{partition}.crl", text.Output, StringComparison.Ordinal);
            Assert.Contains($"issuing-{partition}-delta.crl", text.Output, StringComparison.Ordinal); // freshest CRL
        }

        string serial = await IssueAsync(server, officer);
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke", officer, new { reason = "superseded" }));
        int listed = 0;
        for (int partition = 0; partition < 4; partition++)
        {
            byte[] encoded = await server.Client.GetByteArrayAsync($"/ca/crl/issuing-{partition}-delta.crl");
            CertificateRevocationList delta = CertificateRevocationList.Decode(encoded);
            Assert.True(delta.IsDelta);
            Assert.True(NumberOf(encoded) > before[partition]);
            Tool text = Tool.Run("openssl", "crl", "-inform", "DER", "-in", _folder.Write("d.crl", encoded), "-noout", "-text");
            Assert.Matches($"Delta CRL Indicator: critical\\s+{before[partition]}\\s", text.Output); // builds on what we fetched first
            listed += delta.EntryCount;
        }

        Assert.Equal(1, listed);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/ca/crl/issuing-4.crl")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/ca/crl/nobody-delta.crl")).StatusCode);
    }

    [Fact]
    public async Task The_CRL_of_an_offline_root_is_placed_served_and_watched()
    {
        await MakeAuthorityAsync();
        await using ConfiguredServer server = await StartAsync("--CertificateAuthority:Issuers:1:Name", "root", "--CertificateAuthority:Issuers:1:Certificate", Keys + "/root.pem", "--CertificateAuthority:Issuers:1:CrlFile", _folder.PathTo("root.crl"));
        Assert.Contains("No CRL was placed", await WarningAsync(server), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/ca/crl/root.crl")).StatusCode);
        Assert.Contains("BEGIN CERTIFICATE", await server.Client.GetStringAsync("/ca/root.pem"), StringComparison.Ordinal);

        byte[] first = await MakeRootCrlAsync(TimeSpan.FromDays(90)), second = await MakeRootCrlAsync(TimeSpan.FromDays(3)), expired = await MakeRootCrlAsync(TimeSpan.FromSeconds(1), TimeSpan.FromDays(-2));
        Assert.Equal(403, await PlaceAsync(server, await server.CreateTokenAsync("officer"), second));
        byte[] foreign = await MakeRootCrlAsync(TimeSpan.FromDays(90));
        foreign[^1] ^= 1;
        Assert.Equal(422, await PlaceAsync(server, server.AdministratorToken, foreign));
        Assert.Equal(422, await PlaceAsync(server, server.AdministratorToken, "hello"u8.ToArray()));
        Assert.Equal(422, await PlaceAsync(server, server.AdministratorToken, expired));
        Assert.Equal(200, await PlaceAsync(server, server.AdministratorToken, second));
        Assert.Equal(409, await PlaceAsync(server, server.AdministratorToken, first)); // an older one
        Assert.Equal(second, await server.Client.GetByteArrayAsync("/ca/crl/root.crl"));
        Assert.Contains("expires on", await WarningAsync(server), StringComparison.Ordinal);
        Assert.Matches("esign_offline_crl_seconds_left\\{issuer=\"root\"\\} 2[0-9]{5}", await server.Client.GetStringAsync("/metrics"));

        // Placed by hand: noticed, and one in good time warns of nothing.
        byte[] third = await MakeRootCrlAsync(TimeSpan.FromDays(90));
        File.WriteAllBytes(_folder.PathTo("root.crl"), third);
        File.SetLastWriteTimeUtc(_folder.PathTo("root.crl"), DateTime.UtcNow.AddSeconds(2));
        Assert.Equal(third, await server.Client.GetByteArrayAsync("/ca/crl/root.crl"));
        Assert.Equal("", await WarningAsync(server));
    }

    private static BigInteger NumberOf(byte[] crl) => new(CertificateRevocationList.Decode(crl).Number!.Value.Span, isBigEndian: true);

    private static async Task<string> WarningAsync(ConfiguredServer server) =>
        (string?)(await RunningServer.ReadAsync(await server.Client.GetAsync("/health/ready")))["warnings"]!["crl root"] ?? "";

    private static async Task<int> PlaceAsync(ConfiguredServer server, string token, byte[] crl)
    {
        using HttpResponseMessage placed = await server.SendAsync(HttpMethod.Put, "/api/v1/issuers/root/crl", token, new ByteArrayContent(crl));
        return (int)placed.StatusCode;
    }

    private async Task<string> IssueAsync(ConfiguredServer server, string officer)
    {
        JsonNode issued = await RunningServer.ReadAsync(
            await server.SendAsync(HttpMethod.Post, "/api/v1/certificates", officer, new { profile = "enterprise-seal", csr = RunningServer.CreateCsr(_folder), subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" } }),
            HttpStatusCode.Created);
        return (string)issued["serialNumber"]!;
    }

    private InMemoryCertificateRepository Repository { get; } = new();

    private async Task MakeAuthorityAsync()
    {
        Directory.CreateDirectory(_folder.PathTo("ca"));
        await new DevelopmentAuthority(_folder.PathTo("ca"), "http://127.0.0.1", Repository, new InMemoryTransparencyLog(), TimeProvider.System).EnsureAsync();
    }

    // What a ceremony would make: the root's key leaves its safe for this.
    private async Task<byte[]> MakeRootCrlAsync(TimeSpan validity, TimeSpan shift = default)
    {
        using LocalSigningKey key = LocalSigningKey.FromPem(File.ReadAllText(Keys + "/root.key"), File.ReadLines(Keys + "/password").First());
        var clock = new ShiftedClock(shift);
        var root = new CertificateAuthority(new SigningCredential(Certificate.FromPem(File.ReadAllText(Keys + "/root.pem")), [], key), new CertificateAuthorityOptions { Repository = Repository, TimeProvider = clock });
        return (await new CrlPublisher(root, new CrlPublisherOptions { Validity = validity, KeepsExpiredSince = clock.GetUtcNow() }).PublishAsync()).RawData.ToArray();
    }

    private Task<ConfiguredServer> StartAsync(params string[] settings) => ConfiguredServer.StartAsync(
        _folder.PathTo("data"),
        [
            "--CertificateAuthority:Issuers:0:Name", "issuing", "--CertificateAuthority:Issuers:0:Certificate", Keys + "/issuing.pem",
            "--CertificateAuthority:Issuers:0:Key", Keys + "/issuing.key", "--CertificateAuthority:Issuers:0:PasswordFile", Keys + "/password", .. settings,
        ]);

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
