using System.Net;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Tsa.Tests;

/// <summary>The HTTP source against the authority, and against servers that fail in every way.</summary>
public sealed class HttpTimestampSourceTests
{
    private static readonly Uri s_uri = new("https://tsa.example/tsa");
    private static readonly byte[] s_data = "contract"u8.ToArray();
    private static readonly byte[] s_imprint = DigestAlgorithm.Sha256.Compute(s_data);
    private static readonly HttpTimestampOptions s_quick = new() { RetryDelay = TimeSpan.Zero, Timeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task RFC_3161_3_4_a_token_over_HTTP()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampAuthority authority = TsaFixture.Authority(signer);
        using var server = new Server(async request =>
        {
            Assert.Equal("application/timestamp-query", request.Content!.Headers.ContentType!.MediaType);
            byte[] body = await request.Content.ReadAsByteArrayAsync();
            Assert.Equal(16, TimestampRequest.Decode(body).Nonce.Length);
            return Reply(await authority.RespondAsync(body));
        });

        TimestampToken token = await Source(server).GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint);

        Assert.True(token.Verify(SignedContent.FromBytes(s_data)).IsValid);
        Assert.Equal(1, server.Count);
    }

    [Fact]
    public async Task What_may_pass_is_tried_again()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampAuthority authority = TsaFixture.Authority(signer);
        int calls = 0;
        using var server = new Server(async request => ++calls switch
        {
            1 => throw new HttpRequestException("connection refused"),
            2 => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            _ => Reply(await authority.RespondAsync(await request.Content!.ReadAsByteArrayAsync())),
        });
        Assert.NotNull(await Source(server).GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task An_answer_of_503_names_the_address_the_status_and_what_follows()
    {
        using var server = new Server(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));
        TimestampUnavailableException error = await Fails(Source(server));
        Assert.Equal(503, error.StatusCode);
        Assert.Equal(s_uri, error.Uri);
        Assert.Contains("https://tsa.example/tsa answered 503 after", error.Message, StringComparison.Ordinal);
        Assert.Contains("no timestamp was added", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Count);
    }

    [Fact]
    public async Task What_will_not_pass_is_not_tried_again()
    {
        using var missing = new Server(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        Assert.Equal(404, (await Fails(Source(missing))).StatusCode);
        Assert.Equal(1, missing.Count);

        using var page = new Server(_ => Task.FromResult(Reply("<html>"u8.ToArray())));
        Assert.Contains("not a timestamp response", (await Fails(Source(page))).Message, StringComparison.Ordinal);
        Assert.Equal(1, page.Count);

        using var refusing = new Server(_ => Task.FromResult(Reply(TimestampResponse.Refuse(TimestampFailureInfo.BadAlg, "no such digest").Encode())));
        TimestampUnavailableException refusal = await Fails(Source(refusing));
        Assert.Equal(TimestampFailureInfo.BadAlg, refusal.FailureInfo);
        Assert.Contains("no such digest", refusal.Message, StringComparison.Ordinal);

        using var endless = new Server(_ => Task.FromResult(Reply(new byte[2 * 1024 * 1024])));
        Assert.Contains("more than", (await Fails(Source(endless))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_for_another_request_is_not_taken()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampAuthority authority = TsaFixture.Authority(signer);
        byte[] replayed = await authority.RespondAsync(new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, TimestampRequest.CreateNonce()).Encode());
        using var server = new Server(_ => Task.FromResult(Reply(replayed)));
        Assert.Contains("NonceMismatch", (await Fails(Source(server))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_answers_is_given_up()
    {
        using var server = new Server(async request =>
        {
            await Task.Delay(Timeout.Infinite, request.Options.TryGetValue(Server.Cancellation, out CancellationToken token) ? token : default);
            return new HttpResponseMessage();
        });
        var source = new HttpTimestampSource(server.Client, s_uri, s_quick with { Timeout = TimeSpan.FromMilliseconds(20), Retries = 0 });
        Assert.Contains("did not answer within", (await Fails(source)).Message, StringComparison.Ordinal);

        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Source(server).GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint, cancelled.Token));
    }

    [Fact]
    public async Task The_next_source_is_asked_when_one_fails()
    {
        using TestSigner signer = TsaFixture.Signer();
        using var down = new Server(_ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        var both = new FailoverTimestampSource(Source(down), TsaFixture.Authority(signer));
        Assert.True((await both.GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint)).Verify(SignedContent.FromBytes(s_data)).IsValid);
        Assert.Equal(s_quick.MaximumTokenSize, both.MaximumTokenSize);

        TimestampUnavailableException error = await Fails(new FailoverTimestampSource(Source(down), Source(down)));
        Assert.Equal(2, Assert.IsType<AggregateException>(error.InnerException).InnerExceptions.Count);
        Assert.Throws<ArgumentException>(() => new FailoverTimestampSource());
    }

    private static HttpTimestampSource Source(Server server) => new(server.Client, s_uri, s_quick);

    private static async Task<TimestampUnavailableException> Fails(ITimestampSource source) =>
        await Assert.ThrowsAsync<TimestampUnavailableException>(async () => await source.GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint));

    private static HttpResponseMessage Reply(byte[] body) => new() { Content = new ByteArrayContent(body) };

    /// <summary>An HTTP server that is a function.</summary>
    private sealed class Server(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public static readonly HttpRequestOptionsKey<CancellationToken> Cancellation = new("cancellation");

        public int Count { get; private set; }

        public HttpClient Client => new(this, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            request.Options.Set(Cancellation, cancellationToken);
            return await answer(request);
        }
    }
}
