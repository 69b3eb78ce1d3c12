using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Tests;

/// <summary>
/// Every address the service has, taken from its own list: what is malformed, oversized, slow or hostile gets an error of the protocol, and
/// the service goes on. An address under a prefix that <see cref="Protocols"/> does not know fails until somebody says how it answers.
/// </summary>
public class HostileInputTests(RunningServer server)
{
    private enum Protocol
    {
        /// <summary>RFC 9457 problem documents with the request's id.</summary>
        Problem,

        /// <summary>The same, with the members of RFC 6749 §5.2 that CSC clients read.</summary>
        OAuth,

        /// <summary>RFC 3161: refusals are replies.</summary>
        Timestamp,

        /// <summary>RFC 6960: refusals are responses.</summary>
        Ocsp,
    }

    /// <summary>The longest prefix says how an address answers, and the media type of what it takes.</summary>
    private static readonly (string Prefix, Protocol Protocol, string MediaType)[] Protocols =
    [
        ("/tsa", Protocol.Timestamp, "application/timestamp-query"),
        ("/ca/ocsp/", Protocol.Ocsp, "application/ocsp-request"),
        ("/ca/", Protocol.Problem, "application/octet-stream"),
        ("/.well-known/est/", Protocol.Problem, "application/pkcs10"),
        ("/api/v1/verify", Protocol.Problem, "application/pdf"),
        ("/api/v1/", Protocol.Problem, "application/json"),
        ("/csc/v2/", Protocol.OAuth, "application/json"),
        ("/audit/", Protocol.Problem, "application/octet-stream"),
        ("/openapi/", Protocol.Problem, "application/octet-stream"),
        ("/health/", Protocol.Problem, "application/octet-stream"),
        ("/metrics", Protocol.Problem, "application/octet-stream"),
        ("/verify", Protocol.Problem, "application/octet-stream"), // the pages and what they load
        ("/locate", Protocol.Problem, "application/octet-stream"),
        ("/page.mjs", Protocol.Problem, "application/octet-stream"),
        ("/app.css", Protocol.Problem, "application/octet-stream"),
        ("/lib/", Protocol.Problem, "application/octet-stream"),
    ];

    /// <summary>What goes into <c>{parameters}</c>; percent-encoded where an address needs it.</summary>
    private static readonly string[] HostileValues =
        ["..%2F..%2Fkeys%2Fpassword", "%00", "%FF%FE", "'%20OR%201=1--", "%F0%9F%98%80", "-1", "99999999999999999999999", new('x', 3000)];

    private static readonly byte[][] HostileBodies =
    [
        [],
        "hello"u8.ToArray(),
        "{"u8.ToArray(),
        "null"u8.ToArray(),
        "[]"u8.ToArray(),
        "{\"subject\":5,\"csr\":[1],\"roles\":\"x\",\"hashes\":{},\"credentialID\":7,\"unknown\":true}"u8.ToArray(),
        Encoding.ASCII.GetBytes(new string('[', 20_000)),
        Encoding.ASCII.GetBytes("{\"csr\":\"" + new string('A', 900_000) + "\"}"),
        [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 0x30, 0x80],
        [.. Enumerable.Range(0, 4096).Select(static i => (byte)(i * 167))],
    ];

    /// <summary>These answer without reading what they were sent.</summary>
    private static readonly string[] IgnoringBodies = ["/csc/v2/info", "/csc/v2/credentials/list", "/api/v1/login/captcha"];

    private readonly List<string> _failures = [];

    [Fact]
    public void Every_address_is_of_a_protocol_that_is_tested_here() =>
        Assert.All(Routes(), static route => Assert.True(ProtocolOf(route.Pattern) is not null, $"{route.Pattern}: add its prefix to Protocols"));

    [Fact]
    public async Task Malformed_and_hostile_requests_get_an_error_of_the_protocol_at_every_address()
    {
        string token = await server.CreateTokenAsync(["officer", "auditor", "client"], "hostile");
        foreach ((string method, string pattern) in Routes())
        {
            string mediaType = ProtocolOf(pattern)!.Value.MediaType;
            foreach (string value in pattern.Contains('{', StringComparison.Ordinal) ? HostileValues : [])
            {
                await ExpectErrorAsync(method, Fill(pattern, value), method == "GET" ? null : "{}"u8.ToArray(), mediaType, token, pattern, hasHostileAddress: true);
            }

            foreach (byte[] body in method == "GET" ? [] : HostileBodies)
            {
                await ExpectErrorAsync(method, Fill(pattern, "1"), body, mediaType, token, pattern);
                await ExpectErrorAsync(method, Fill(pattern, "1"), body, "text/nonsense", token, pattern);
                await ExpectErrorAsync(method, Fill(pattern, "1"), body, mediaType, server.AdministratorToken, pattern);
            }

            await ExpectErrorAsync(method, Fill(pattern, "1%00"), method == "GET" ? null : "{}"u8.ToArray(), mediaType, "not-a-token", pattern, hasHostileAddress: true);

            await ExpectErrorAsync("PATCH", Fill(pattern, "1"), [], mediaType, token, pattern, expected: [404, 405]);
        }

        Assert.True(_failures.Count == 0, string.Join('\n', _failures));
        await AssertWellAsync();
    }

    [Fact]
    public async Task A_body_that_is_announced_too_large_or_never_arrives_is_refused_at_every_address_that_takes_one()
    {
        string token = await server.CreateTokenAsync(["officer", "auditor", "client"], "hostile");
        string alive = $"Host: a\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n";
        (string Method, string Pattern)[] taking = [.. Routes().Where(static route => route.Method is "POST" or "PUT" && !IgnoringBodies.Contains(route.Pattern))];
        await Task.WhenAll(taking.SelectMany(route =>
        {
            string head = $"{route.Method} {Fill(route.Pattern, "1")} HTTP/1.1\r\n{alive}Content-Type: {ProtocolOf(route.Pattern)!.Value.MediaType}\r\n";
            return new[]
            {
                SendRawAsync(head + "Content-Length: 99999999999\r\n\r\nx", route.Pattern), // 413, unless something else is wrong first
                SendRawAsync(head + "Content-Length: 400\r\n\r\nx", route.Pattern), // 408, after seconds, not minutes
            };
        }).Append(SendRawAsync("GET /tsa HT", "a head that stops in the middle")));
        Assert.True(_failures.Count == 0, string.Join('\n', _failures));
        await AssertWellAsync();
    }

    private static (string Prefix, Protocol Protocol, string MediaType)? ProtocolOf(string pattern)
    {
        (string Prefix, Protocol Protocol, string MediaType)[] known = [.. Protocols.Where(known => pattern.StartsWith(known.Prefix, StringComparison.Ordinal)).OrderByDescending(static known => known.Prefix.Length)];
        return known.Length > 0 ? known[0] : null;
    }

    private static string Fill(string pattern, string value) => System.Text.RegularExpressions.Regex.Replace(pattern, "\\{[^}]*\\}", value);

    private IEnumerable<(string Method, string Pattern)> Routes() => server.Endpoints.SelectMany(static endpoint =>
        (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))));

    private async Task ExpectErrorAsync(string method, string path, byte[]? body, string mediaType, string token, string pattern, bool hasHostileAddress = false, int[]? expected = null)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }

        using HttpResponseMessage response = await server.Client.SendAsync(request);
        byte[] answer = await response.Content.ReadAsByteArrayAsync();
        int status = (int)response.StatusCode;
        string what = $"{method} {(path.Length > 80 ? path[..80] + "…" : path)} [{body?.Length}] {mediaType}: {status}";
        bool isRefused = expected is null ? status is >= 400 and < 500 : expected.Contains(status);
        if (!isRefused && !IsRefusalOfTheProtocol(response, answer) && !IsHarmless(method, pattern, status, hasHostileAddress))
        {
            Fail($"{what} {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 200)))}");
        }
        else if (status >= 400 && answer.Length > 0 && !IsRefusalOfTheProtocol(response, answer))
        {
            CheckProblem(answer, what, isOAuth: ProtocolOf(pattern)!.Value.Protocol == Protocol.OAuth && status != 405 && status != 404);
        }
    }

    // The reply itself says no: RFC 3161 and RFC 6960 have statuses of their own.
    private static bool IsRefusalOfTheProtocol(HttpResponseMessage response, byte[] answer) => response.Content.Headers.ContentType?.MediaType switch
    {
        "application/timestamp-reply" => !TimestampResponse.Decode(answer).IsGranted,
        "application/ocsp-response" => OcspResponse.Decode(answer).Status != OcspResponseStatus.Successful,
        _ => false,
    };

    // What ignores bodies, lists nothing found, or takes -1 for a beginning, may say so with success.
    private static bool IsHarmless(string method, string pattern, int status, bool hasHostileAddress) =>
        (status is 200 && IgnoringBodies.Contains(pattern)) || (status is 200 && method == "GET" && hasHostileAddress) || (status is 204 && method == "DELETE");

    private void CheckProblem(byte[] answer, string what, bool isOAuth)
    {
        try
        {
            JsonNode problem = JsonNode.Parse(answer)!;
            if (string.IsNullOrEmpty((string?)problem["requestId"]) || string.IsNullOrEmpty((string?)problem["code"]) || (isOAuth && string.IsNullOrEmpty((string?)problem["error"])))
            {
                Fail($"{what}: not a whole problem document: {problem.ToJsonString()}");
            }
        }
        catch (System.Text.Json.JsonException)
        {
            Fail($"{what}: not a problem document: {Encoding.UTF8.GetString(answer.AsSpan(0, Math.Min(answer.Length, 100)))}");
        }
    }

    private async Task SendRawAsync(string request, string what)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, server.Address.Port, timeout.Token);
            NetworkStream stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(request), timeout.Token);
            byte[] answer = new byte[12];
            int read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, timeout.Token);
            string line = Encoding.ASCII.GetString(answer, 0, read);
            if (!line.StartsWith("HTTP/1.1 4", StringComparison.Ordinal))
            {
                Fail($"{what}: {line}");
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            Fail($"{what}: {exception.Message}");
        }
    }

    private void Fail(string what)
    {
        lock (_failures)
        {
            _failures.Add(what);
        }
    }

    private async Task AssertWellAsync() =>
        Assert.Equal("ready", (string?)(await RunningServer.ReadAsync(await server.Client.GetAsync("/health/ready")))["status"]);
}
