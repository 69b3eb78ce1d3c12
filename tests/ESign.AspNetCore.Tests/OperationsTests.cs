using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ESign.AspNetCore.Development;
using ESign.AspNetCore.Operations;
using ESign.Testing;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Tests;

/// <summary>Health, metrics, limits, what a first start leaves behind, and input that is slow or hostile.</summary>
public class OperationsTests(RunningServer server)
{
    [Fact]
    public async Task Every_key_signs_and_verifies()
    {
        Assert.Equal("live\n", await server.Client.GetStringAsync("/health/live"));
        JsonNode ready = await RunningServer.ReadAsync(await server.Client.GetAsync("/health/ready"));
        Assert.Equal("ready", (string?)ready["status"]);
    }

    [Fact]
    public async Task Metrics_are_Prometheus_text()
    {
        await server.Client.GetStringAsync("/ca/root.pem");
        string[] lines = (await server.Client.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains(lines, static line => line.StartsWith("esign_http_requests_total{route=\"/ca/{issuer}.pem\",status=\"200\"} ", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("esign_http_request_seconds_bucket{route=\"/ca/{issuer}.pem\",le=\"+Inf\"} ", StringComparison.Ordinal));
        Assert.All(lines.Where(static line => line[0] != '#'), static line => Assert.Matches("""^[a-z_]+(\{([a-z]+="([^"\\\n]|\\.)*",?)*\})? [0-9.eE+-]+$""", line));
    }

    [Fact]
    public void The_first_start_says_what_it_made_and_keeps_keys_to_itself()
    {
        Assert.Contains("DEVELOPMENT", server.Announcement, StringComparison.Ordinal);
        Assert.Contains(server.Data, server.Announcement, StringComparison.Ordinal);
        string keys = Path.Combine(server.Data, "keys");
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in Directory.GetFiles(keys))
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }

        Assert.Equal(["audit.key", "issuing.key", "root.key", "tsa.key"], Directory.GetFiles(keys, "*.key").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(keys, "*.key"), static file => Assert.Contains("ENCRYPTED PRIVATE KEY", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_start_finds_everything_and_prints_no_token()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--urls", $"http://127.0.0.1:{RunningServer.FreePort()}", "--ESIGN_DATA", folder.PathTo("data"), "--Logging:LogLevel:Default", "None"];
        var first = new StringWriter();
        await using (await ESignServer.CreateAsync(arguments, first))
        {
            Assert.Contains("esign_", first.ToString(), StringComparison.Ordinal);
        }

        string root = File.ReadAllText(folder.PathTo("data/keys/root.pem"));
        var second = new StringWriter();
        await using (await ESignServer.CreateAsync(arguments, second))
        {
            Assert.DoesNotContain("esign_", second.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(root, File.ReadAllText(folder.PathTo("data/keys/root.pem")));
    }

    [Fact]
    public async Task A_development_authority_on_a_public_address_does_not_start()
    {
        using var folder = new TemporaryFolder();
        var error = new StringWriter();
        int exit = await ESignServer.RunAsync(["--urls", "http://0.0.0.0:0", "--ESIGN_DATA", folder.Path], TextWriter.Null, error);
        Assert.Equal(78, exit);
        Assert.Contains("Development authorities serve this machine only", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("hint:", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080", false, true, "short", 0)]
    [InlineData("http://[::1]:5080;http://localhost:1", "http://localhost", false, true, "short", 0)]
    [InlineData("https://0.0.0.0:443", "http://pki.example.cn", false, false, "correct horse battery", 0)]
    [InlineData("http://*:80", "http://pki.example.cn", false, false, "correct horse battery", 1)]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080", true, true, "changeit", 3)]
    [InlineData("https://0.0.0.0:443", "http://localhost", false, false, "", 2)]
    public void The_checklist_counts_what_is_unsafe(string urls, string publicUrl, bool isBehindProxy, bool isDevelopment, string password, int faults)
    {
        var checklist = new ProductionChecklist
        {
            ListenUrls = urls.Split(';'),
            PublicUrl = publicUrl,
            IsBehindProxy = isBehindProxy,
            IsDevelopment = isDevelopment,
            KeyPasswords = [password],
        };
        Assert.Equal(faults, checklist.FindFaults().Count);
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_back()
    {
        using var gate = new RequestGate(new RequestLimitSettings { Burst = 2, RequestsPerSecond = 1 });
        var context = new DefaultHttpContext();
        (await gate.EnterAsync(context)).Dispose();
        (await gate.EnterAsync(context)).Dispose();
        RequestRefusedException refusal = await Assert.ThrowsAsync<RequestRefusedException>(async () => await gate.EnterAsync(context));
        Assert.Equal(429, refusal.Status);
        Assert.True(refusal.RetryAfter > TimeSpan.Zero);
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.1");
        (await gate.EnterAsync(context)).Dispose(); // another client is not held up
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public async Task One_customer_has_one_bucket_whatever_addresses_it_has(string first, string second, bool isOne)
    {
        using var gate = new RequestGate(new RequestLimitSettings { Burst = 1, RequestsPerSecond = 1 });
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(first);
        (await gate.EnterAsync(context)).Dispose();
        context.Connection.RemoteIpAddress = IPAddress.Parse(second);
        Assert.Equal(isOne, await Record.ExceptionAsync(async () => (await gate.EnterAsync(context)).Dispose()) is RequestRefusedException);
    }

    [Fact]
    public async Task A_full_queue_is_503_with_Retry_After()
    {
        using var gate = new RequestGate(new RequestLimitSettings { Concurrent = 1, Queued = 0 });
        using IDisposable place = await gate.EnterAsync(new DefaultHttpContext());
        RequestRefusedException refusal = await Assert.ThrowsAsync<RequestRefusedException>(async () => await gate.EnterAsync(new DefaultHttpContext()));
        Assert.Equal(503, refusal.Status);
        Assert.NotNull(refusal.RetryAfter);
    }

    [Theory]
    [InlineData("GET / HTTP/9.9\r\n\r\n", "HTTP/1.1 505")]
    [InlineData("GARBAGE\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("GET /ca/root.pem HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400")]
    [InlineData("POST /tsa HTTP/1.1\r\nHost: a\r\nContent-Type: application/timestamp-query\r\nContent-Length: 5\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello", "HTTP/1.1 400")]
    [InlineData("POST /tsa HTTP/1.1\r\nHost: a\r\nContent-Type: application/timestamp-query\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n", "HTTP/1.1 400")]
    public async Task Hostile_HTTP_is_refused_and_the_server_goes_on(string request, string expected)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        byte[] answer = new byte[64];
        int read = await stream.ReadAtLeastAsync(answer, expected.Length, throwOnEndOfStream: false);
        Assert.StartsWith(expected, Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
        Assert.Equal("live\n", await server.Client.GetStringAsync("/health/live"));
    }

    [Fact]
    public async Task A_body_that_never_ends_arriving_is_408()
    {
        var context = new DefaultHttpContext();
        context.Request.Body = new StalledStream();
        RequestRefusedException refusal = await Assert.ThrowsAsync<RequestRefusedException>(
            async () => await RequestBody.ReadAsync(context, 100, TimeProvider.System, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(408, refusal.Status);
    }

    [Fact]
    public void Esign_timestamp_stamps_a_file_at_this_server()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("contract.txt", "contract"u8.ToArray());
        string esign = Path.Combine(AppContext.BaseDirectory, "esign.dll");
        Tool stamped = Tool.Run("dotnet", esign, "timestamp", file, "--tsa", server.Address + "tsa", "--json");
        Assert.True(stamped.ExitCode == 0, stamped.Error);
        File.WriteAllText(folder.PathTo("root.pem"), File.ReadAllText(Path.Combine(server.Data, "keys/root.pem")));
        Tool verified = Tool.Run(
            "openssl", "ts", "-verify", "-data", file, "-in", file + ".tst", "-token_in", "-CAfile", folder.PathTo("root.pem"), "-untrusted", Path.Combine(server.Data, "keys/issuing.pem"));
        Assert.Contains("Verification: OK", verified.Output + verified.Error, StringComparison.Ordinal);
        Tool refused = Tool.Run("dotnet", esign, "timestamp", file, "--tsa", server.Address + "nothing");
        Assert.Equal(69, refused.ExitCode);
        Assert.Contains("hint:", refused.Error, StringComparison.Ordinal);
    }

    private sealed class StalledStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
