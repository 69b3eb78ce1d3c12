using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace ESign.AspNetCore.Tests;

/// <summary>The service in this process with settings of the test's own.</summary>
internal sealed class ConfiguredServer : IAsyncDisposable
{
    private ConfiguredServer(WebApplication app, Uri address, string announcement)
    {
        App = app;
        Address = address;
        Announcement = announcement;
        Client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }) { BaseAddress = address };
    }

    public WebApplication App { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public string Announcement { get; }

    public string AdministratorToken => Announcement.Split(' ', '\n').First(static word => word.StartsWith("esign_", StringComparison.Ordinal));

    public static async Task<ConfiguredServer> StartAsync(string data, string[] settings, string scheme = "http")
    {
        var address = new Uri($"{scheme}://127.0.0.1:{RunningServer.FreePort()}");
        var output = new StringWriter();
        WebApplication app = await ESignServer.CreateAsync(
            ["--urls", address.ToString().TrimEnd('/'), "--ESIGN_DATA", data, "--Logging:LogLevel:Default", "None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "None", "--Limits:Burst", "100000", .. settings],
            output);
        await app.StartAsync();
        return new ConfiguredServer(app, address, output.ToString());
    }

    /// <summary>A self-signed certificate for 127.0.0.1 and the settings with which Kestrel uses it.</summary>
    public static string[] CreateTlsSettings(string certificateFile, string keyFile)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return ["--Kestrel:Certificates:Default:Path", certificateFile, "--Kestrel:Certificates:Default:KeyPath", keyFile];
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, object? body = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request);
    }

    public async Task<string> CreateTokenAsync(string role)
    {
        JsonNode made = await RunningServer.ReadAsync(await SendAsync(HttpMethod.Post, "/api/v1/tokens", AdministratorToken, new { name = "test " + role, roles = new[] { role } }), System.Net.HttpStatusCode.Created);
        return (string)made["token"]!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
