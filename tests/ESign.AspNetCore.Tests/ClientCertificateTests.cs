using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Authorities;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore.Tests;

/// <summary>TLS client certificates as curl presents them: for the API, for EST, and behind a proxy.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private static readonly object Enterprise = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_certificate_bound_to_a_role_opens_what_the_role_opens_until_it_is_revoked()
    {
        await using ConfiguredServer server = await StartAsync();
        string officer = await server.CreateTokenAsync("officer");
        string serial = await IssueAsync(server, officer, "access", "client");
        Assert.Equal(401, Curl(server, "client", "api/v1/certificates")); // in force, but bound to nothing
        JsonNode bound = await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", server.AdministratorToken, new { name = "branch", roles = new[] { "officer" }, certificate = Read("client.pem") }), HttpStatusCode.Created);
        Assert.Null(bound["token"]);
        Assert.Equal(HttpStatusCode.Conflict, (await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", server.AdministratorToken, new { name = "branch", roles = new[] { "auditor" }, certificate = Read("client.pem") })).StatusCode);

        Assert.Equal(200, Curl(server, "client", "api/v1/certificates"));
        Assert.Equal(403, Curl(server, "client", "api/v1/tokens"));
        Assert.Equal(401, Curl(server, null, "api/v1/certificates"));
        Assert.Equal(403, Curl(server, "client", "api/v1/certificates", "-H", "Sec-Fetch-Site: cross-site"));
        Assert.Equal(401, Curl(server, "client", "api/v1/certificates", "-H", "Authorization: Bearer nonsense")); // a token that was meant counts
        MakeImpostor(serial);
        Assert.Equal(401, Curl(server, "impostor", "api/v1/certificates"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", server.AdministratorToken, new { name = "x", roles = new[] { "officer" }, certificate = Read("impostor.pem") })).StatusCode);

        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke", officer, new { reason = "keyCompromise" }));
        Assert.Equal(401, Curl(server, "client", "api/v1/certificates"));
    }

    [Fact]
    public async Task Rfc7030_curl_enrols_with_a_certificate_and_renews_with_the_one_it_got()
    {
        await using ConfiguredServer server = await StartAsync();
        string officer = await server.CreateTokenAsync("officer");
        await IssueAsync(server, officer, "access", "device");
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/enrolments", officer, new { profile = "enterprise-seal", subject = Enterprise, evidence = "case 9", certificate = Read("device.pem") }), HttpStatusCode.Created);

        RunningServer.CreateCsr(_folder, "seal");
        Assert.Equal(401, Post(server, null, "simpleenroll", "seal"));
        Assert.Equal(200, Post(server, "device", "simpleenroll", "seal"));
        Certificate seal = Received("seal");
        Assert.Contains("深圳示例科技有限公司", seal.Subject.ToString(), StringComparison.Ordinal);
        Assert.Equal(403, Post(server, "device", "simpleenroll", "seal")); // once

        // The same key: openssl copies the subject. Another key: the subject must still be the same, and only the holder may ask.
        Assert.Equal(0, Tool.Run("openssl", "x509", "-x509toreq", "-in", _folder.PathTo("seal.pem"), "-key", _folder.PathTo("seal.key"), "-out", _folder.PathTo("renewal.csr")).ExitCode);
        Assert.Equal(200, Post(server, "seal", "simplereenroll", "renewal"));
        Certificate renewed = Received("renewal");
        Assert.Equal((seal.Subject, seal.SubjectPublicKeyInfo.ToArray().Length), (renewed.Subject, renewed.SubjectPublicKeyInfo.ToArray().Length));
        Assert.NotEqual(seal.SerialNumberHex, renewed.SerialNumberHex);
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _folder.Write("rekey.csr", Encoding.ASCII.GetBytes(new CertificateRequest(new X500DistinguishedName(seal.Subject.RawData.Span), key, HashAlgorithmName.SHA256).CreateSigningRequestPem()));
        Assert.Equal(200, Post(server, "seal", "simplereenroll", "rekey"));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), Received("rekey").SubjectPublicKeyInfo.ToArray());
        RunningServer.CreateCsr(_folder, "other");
        Assert.Equal(422, Post(server, "seal", "simplereenroll", "other")); // another subject
        Assert.Equal(401, Post(server, null, "simplereenroll", "renewal"));
    }

    [Fact]
    public async Task A_profile_that_two_administrators_narrowed_is_narrow_for_renewals_too()
    {
        await using ConfiguredServer server = await StartAsync();
        await IssueAsync(server, await server.CreateTokenAsync("officer"), "enterprise-seal", "seal");
        await server.App.Services.GetRequiredService<ProfileRules>().SetAsync(new ProfileRule("issuing", "enterprise-seal", IsOffered: true, MaximumDays: 30), default);
        Assert.Equal(0, Tool.Run("openssl", "x509", "-x509toreq", "-in", _folder.PathTo("seal.pem"), "-key", _folder.PathTo("seal.key"), "-out", _folder.PathTo("renewal.csr")).ExitCode);
        Assert.Equal(200, Post(server, "seal", "simplereenroll", "renewal"));
        Certificate renewed = Received("renewal");
        Assert.InRange((renewed.NotAfter - renewed.NotBefore).TotalDays, 29.9, 30.1);
        await server.App.Services.GetRequiredService<ProfileRules>().SetAsync(new ProfileRule("issuing", "enterprise-seal", IsOffered: false, MaximumDays: null), default);
        Assert.Equal(422, Post(server, "seal", "simplereenroll", "renewal"));
    }

    [Fact]
    public async Task An_authority_is_not_renewed_over_the_network_by_whoever_holds_its_key()
    {
        await using ConfiguredServer server = await StartAsync();
        string keys = _folder.PathTo("data/keys");
        string password = File.ReadAllText(keys + "/password").Trim();
        Assert.Equal(0, Tool.Run("openssl", "pkcs8", "-in", keys + "/issuing.key", "-passin", "pass:" + password, "-out", _folder.PathTo("issuing.key")).ExitCode);
        Assert.Equal(0, Tool.Run("openssl", "x509", "-in", keys + "/issuing.pem", "-out", _folder.PathTo("issuing.pem")).ExitCode);
        Assert.Equal(0, Tool.Run("openssl", "x509", "-x509toreq", "-in", _folder.PathTo("issuing.pem"), "-key", _folder.PathTo("issuing.key"), "-out", _folder.PathTo("again.csr")).ExitCode);
        Assert.Equal(422, Post(server, "issuing", "simplereenroll", "again"));
        Assert.Contains("profile", Read("answer"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rfc9440_a_proxy_passes_the_certificate_on()
    {
        const string Password = "correct horse battery";
        using LocalSigningKey authorityKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        CertificateAuthority authority = await CertificateAuthority.CreateRootAsync(CertificateSubject.Service("Example CA", "Example"), authorityKey);
        File.WriteAllText(_folder.PathTo("ca.pem"), authority.Certificate.ToPem());
        File.WriteAllText(_folder.PathTo("ca.key"), authorityKey.ExportEncryptedPem(Password));
        File.WriteAllText(_folder.PathTo("password"), Password + "\n");
        await using ConfiguredServer server = await ConfiguredServer.StartAsync(_folder.PathTo("data"), [
            "--BehindProxy", "true", "--ClientCertificateHeader", "Client-Cert", "--CertificateAuthority:PublicUrl", "http://pki.example.cn",
            "--CertificateAuthority:Folder", _folder.Path, "--CertificateAuthority:Issuers:0:Name", "issuing", "--CertificateAuthority:Issuers:0:Certificate", "ca.pem",
            "--CertificateAuthority:Issuers:0:Key", "ca.key", "--CertificateAuthority:Issuers:0:PasswordFile", "password"]);
        await IssueAsync(server, await server.CreateTokenAsync("officer"), "access", "client");
        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, "/api/v1/tokens", server.AdministratorToken, new { name = "branch", roles = new[] { "officer" }, certificate = Read("client.pem") }), HttpStatusCode.Created);
        string der = Convert.ToBase64String(Certificate.FromPem(Read("client.pem")).RawData.Span);
        Assert.Equal(200, Curl(server, null, "api/v1/certificates", "-H", $"Client-Cert: :{der}:"));
        Assert.Equal(200, Curl(server, null, "api/v1/certificates", "-H", "Client-Cert: " + Uri.EscapeDataString(Read("client.pem")))); // nginx: $ssl_client_escaped_cert
        Assert.Equal(400, Curl(server, null, "api/v1/certificates", "-H", "Client-Cert: :nonsense:"));
        Assert.Equal(401, Curl(server, null, "api/v1/certificates"));
    }

    [Fact]
    public async Task A_header_from_anybody_but_a_proxy_is_dropped()
    {
        bool isCalled = false;
        var middleware = new ForwardedClientCertificate(
            _ =>
            {
                isCalled = true;
                return Task.CompletedTask;
            },
            new ForwardedClientCertificateSettings("Client-Cert", [IPAddress.Parse("10.0.0.1")]));
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.9");
        context.Request.Headers["Client-Cert"] = ":AAAA:";
        await middleware.InvokeAsync(context);
        Assert.True(isCalled);
        Assert.Null(context.Connection.ClientCertificate);
        Assert.False(context.Request.Headers.ContainsKey("Client-Cert"));
    }

    private Task<ConfiguredServer> StartAsync() => ConfiguredServer.StartAsync(_folder.PathTo("data"), ConfiguredServer.CreateTlsSettings(_folder.PathTo("tls.pem"), _folder.PathTo("tls.key")), "https");

    private string Read(string name) => File.ReadAllText(_folder.PathTo(name));

    private async Task<string> IssueAsync(ConfiguredServer server, string officer, string profile, string name)
    {
        JsonNode issued = await RunningServer.ReadAsync(
            await server.SendAsync(HttpMethod.Post, "/api/v1/certificates", officer, new { profile, csr = RunningServer.CreateCsr(_folder, name), subject = Enterprise }), HttpStatusCode.Created);
        File.WriteAllText(_folder.PathTo(name + ".pem"), (string)issued["certificate"]!);
        return (string)issued["serialNumber"]!;
    }

    // The same names and serial number, but signed by itself.
    private void MakeImpostor(string serial)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Certificate real = Certificate.FromPem(Read("client.pem"));
        var request = new CertificateRequest(new X500DistinguishedName(real.Subject.RawData.Span), key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.Create(
            new X500DistinguishedName(real.Issuer.RawData.Span), X509SignatureGenerator.CreateForECDsa(key), real.NotBefore, real.NotAfter, Convert.FromHexString(serial));
        File.WriteAllText(_folder.PathTo("impostor.pem"), made.ExportCertificatePem());
        File.WriteAllText(_folder.PathTo("impostor.key"), key.ExportPkcs8PrivateKeyPem());
    }

    private int Curl(ConfiguredServer server, string? certificate, string path, params string[] more)
    {
        string[] identity = certificate is null ? [] : ["--cert", _folder.PathTo(certificate + ".pem"), "--key", _folder.PathTo(certificate + ".key")];
        Tool curl = Tool.Run("curl", [.. identity, .. more, "-sk", "-o", _folder.PathTo("answer"), "-w", "%{http_code}", server.Address + path]);
        return int.Parse(curl.Output);
    }

    private int Post(ConfiguredServer server, string? certificate, string operation, string request)
    {
        string base64 = string.Concat(File.ReadAllLines(_folder.PathTo(request + ".csr")).Where(static line => !line.StartsWith('-')));
        _folder.Write(request + ".b64", Encoding.ASCII.GetBytes(base64));
        return Curl(server, certificate, ".well-known/est/" + operation, "-H", "Content-Type: application/pkcs10", "--data-binary", "@" + _folder.PathTo(request + ".b64"));
    }

    private Certificate Received(string name)
    {
        Certificate certificate = Assert.Single(Certificate.LoadMany(Convert.FromBase64String(Read("answer"))));
        File.WriteAllText(_folder.PathTo(name + ".pem"), certificate.ToPem() + "\n");
        return certificate;
    }
}
