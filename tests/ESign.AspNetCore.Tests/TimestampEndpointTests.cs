using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>RFC 3161 over HTTP, asked by openssl and curl, by our own source, and by those who mean no good.</summary>
public class TimestampEndpointTests(RunningServer server)
{
    [Fact]
    public void Openssl_and_curl_get_a_token_that_openssl_verifies()
    {
        using var folder = new TemporaryFolder();
        folder.Write("data", RandomNumberGenerator.GetBytes(1000));
        Run("openssl", "ts", "-query", "-data", folder.PathTo("data"), "-sha512", "-cert", "-out", folder.PathTo("q.tsq"));
        Run("curl", "-sf", "-H", "Content-Type: application/timestamp-query", "--data-binary", "@" + folder.PathTo("q.tsq"), "-o", folder.PathTo("r.tsr"), server.Address + "tsa");
        Run("curl", "-sf", "-o", folder.PathTo("root.pem"), server.Address + "ca/root.pem");
        Run("curl", "-sf", "-o", folder.PathTo("issuing.pem"), server.Address + "ca/issuing.pem");
        Tool verified = Run("openssl", "ts", "-verify", "-queryfile", folder.PathTo("q.tsq"), "-in", folder.PathTo("r.tsr"), "-CAfile", folder.PathTo("root.pem"), "-untrusted", folder.PathTo("issuing.pem"));
        Assert.Contains("Verification: OK", verified.Output + verified.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_own_source_gets_a_token_for_every_strong_digest()
    {
        var source = new HttpTimestampSource(server.Client, new Uri(server.Address, "/tsa"));
        foreach (DigestAlgorithm digest in new[] { DigestAlgorithm.Sha256, DigestAlgorithm.Sha384, DigestAlgorithm.Sha3_256, DigestAlgorithm.Sm3 })
        {
            byte[] imprint = digest.Compute("contract"u8);
            TimestampToken token = await source.GetTimestampAsync(digest, imprint, TestContext.Current.CancellationToken);
            Assert.Equal(imprint, token.Info.HashedMessage.ToArray());
            Assert.NotNull(token.Info.Accuracy);
        }
    }

    [Theory]
    [InlineData("SHA1", TimestampFailureInfo.BadAlg)]
    [InlineData("SHA256 under another policy", TimestampFailureInfo.UnacceptedPolicy)]
    public async Task Rfc3161_2_4_2_a_refusal_is_a_response(string what, object expected)
    {
        var request = what == "SHA1"
            ? new TimestampRequest(DigestAlgorithm.Sha1, new byte[20])
            : new TimestampRequest(DigestAlgorithm.Sha256, new byte[32], policyOid: "1.2.3.4");
        TimestampResponse response = await AskAsync(request.Encode());
        Assert.Equal(expected, response.FailureInfo);
        Assert.Null(response.Token);
    }

    [Fact]
    public async Task Bytes_that_are_no_request_are_refused_and_the_next_request_is_served()
    {
        byte[] good = new TimestampRequest(DigestAlgorithm.Sha256, new byte[32]).Encode();
        foreach (byte[] bad in new[] { [], "hello"u8.ToArray(), good[..^1], [.. good, 0], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], RandomNumberGenerator.GetBytes(4000) })
        {
            TimestampResponse response = await AskAsync(bad);
            Assert.False(response.IsGranted);
            Assert.Contains(response.FailureInfo, new TimestampFailureInfo?[] { TimestampFailureInfo.BadDataFormat, TimestampFailureInfo.BadRequest });
        }

        Assert.True((await AskAsync(good)).IsGranted);
    }

    [Fact]
    public async Task A_request_too_large_is_refused_in_the_protocol()
    {
        using HttpResponseMessage reply = await PostAsync(new byte[100_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Equal(TimestampFailureInfo.BadDataFormat, TimestampResponse.Decode(await reply.Content.ReadAsByteArrayAsync()).FailureInfo);
    }

    [Fact]
    public async Task Another_content_type_is_a_problem_document_with_the_request_id()
    {
        using HttpResponseMessage reply = await server.Client.PostAsync("/tsa", new ByteArrayContent([1]));
        Assert.Equal("media-type", (string?)(await RunningServer.ReadAsync(reply, HttpStatusCode.UnsupportedMediaType))["code"]);
        Assert.NotEmpty(reply.Headers.GetValues("X-Request-Id").Single());
    }

    [Fact]
    public async Task Get_says_whether_it_would_stamp() =>
        Assert.Contains("timestamp-query", await server.Client.GetStringAsync("/tsa"), StringComparison.Ordinal);

    private static Tool Run(string program, params string[] arguments)
    {
        Tool tool = Tool.Run(program, arguments);
        Assert.True(tool.ExitCode == 0, tool.Error);
        return tool;
    }

    private async Task<TimestampResponse> AskAsync(byte[] body)
    {
        using HttpResponseMessage reply = await PostAsync(body);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal("application/timestamp-reply", reply.Content.Headers.ContentType?.MediaType);
        return TimestampResponse.Decode(await reply.Content.ReadAsByteArrayAsync());
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        return server.Client.PostAsync("/tsa", content);
    }
}
