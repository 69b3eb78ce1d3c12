using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Tests;
using ESign.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(RunningServer))]

namespace ESign.AspNetCore.Tests;

/// <summary>The whole service as a first start makes it: development authority, SQLite, Kestrel on a free loopback port.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public string Data => _folder.PathTo("data");

    public string Database => Path.Combine(Data, "esign.db");

    /// <summary>Every address the service answers.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints => [.. _app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>What the first start printed.</summary>
    public string Announcement { get; private set; } = "";

    public string AdministratorToken { get; private set; } = "";

    public string OfficerToken { get; private set; } = "";

    public string AuditorToken { get; private set; } = "";

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask InitializeAsync()
    {
        var output = new StringWriter();
        _app = await ESignServer.CreateAsync(["--urls", Address.ToString().TrimEnd('/'), "--ESIGN_DATA", Data, "--Logging:LogLevel:Default", "None", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "None", "--Limits:Burst", "100000"], output);
        await _app.StartAsync();
        Announcement = output.ToString();
        AdministratorToken = Announcement.Split(' ', '\n').First(static word => word.StartsWith("esign_", StringComparison.Ordinal));
        Client = new HttpClient { BaseAddress = Address };
        OfficerToken = await CreateTokenAsync("officer");
        AuditorToken = await CreateTokenAsync("auditor");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    public Task<string> CreateTokenAsync(string role, string? name = null) => CreateTokenAsync([role], name ?? "test " + role);

    public async Task<string> CreateTokenAsync(string[] roles, string name)
    {
        JsonNode made = await ReadAsync(await SendAsync(HttpMethod.Post, "/api/v1/tokens", AdministratorToken, new { name, roles }), HttpStatusCode.Created);
        return (string)made["token"]!;
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null, object? body = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        return Client.SendAsync(request);
    }

    public static async Task<JsonNode> ReadAsync(HttpResponseMessage response, HttpStatusCode expected = HttpStatusCode.OK)
    {
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>A request with a fresh key, made by openssl; its names mean nothing.</summary>
    public static string CreateCsr(TemporaryFolder folder, string name = "request")
    {
        Tool openssl = Tool.Run(
            "openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=claimed name/O=claimed",
            "-keyout", folder.PathTo(name + ".key"), "-out", folder.PathTo(name + ".csr"));
        Assert.True(openssl.ExitCode == 0, openssl.Error);
        return File.ReadAllText(folder.PathTo(name + ".csr"));
    }

    /// <summary>Issues a certificate for an organisation and writes it, its issuer and the root as PEM.</summary>
    public async Task<string> IssueEnterpriseAsync(TemporaryFolder folder, string name = "request")
    {
        JsonNode issued = await ReadAsync(
            await SendAsync(HttpMethod.Post, "/api/v1/certificates", OfficerToken, new
            {
                profile = "enterprise-seal",
                csr = CreateCsr(folder, name),
                subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" },
                evidence = "case 7",
            }),
            HttpStatusCode.Created);
        File.WriteAllText(folder.PathTo(name + ".pem"), (string)issued["certificate"]!);
        File.WriteAllText(folder.PathTo("issuing.pem"), (string)issued["chain"]![0]!);
        File.WriteAllText(folder.PathTo("root.pem"), (string)issued["chain"]![1]!);
        return (string)issued["serialNumber"]!;
    }
}
