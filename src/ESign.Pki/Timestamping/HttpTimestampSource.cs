using System.Globalization;
using System.Net.Http.Headers;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Timestamping;

/// <summary>Timestamps from an authority over HTTP.</summary>
/// <remarks>RFC 3161 §3.4: POST of <c>application/timestamp-query</c>. The answer's imprint, nonce, policy and signature are checked before it is returned.</remarks>
public sealed class HttpTimestampSource : ITimestampSource
{
    private readonly HttpClient _client;
    private readonly HttpTimestampOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes a source.</summary>
    /// <param name="client">The client to send with; not disposed.</param>
    /// <param name="uri">The authority's address.</param>
    /// <param name="options">How to ask; the defaults when <see langword="null"/>.</param>
    /// <param name="timeProvider">The clock for timeouts and waits; the system's when <see langword="null"/>.</param>
    public HttpTimestampSource(HttpClient client, Uri uri, HttpTimestampOptions? options = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(uri);
        _client = client;
        Uri = uri;
        _options = options ?? new HttpTimestampOptions();
        _time = timeProvider ?? TimeProvider.System;
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Retries, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Timeout, TimeSpan.Zero, nameof(options));
    }

    /// <summary>The authority's address.</summary>
    public Uri Uri { get; }

    /// <inheritdoc/>
    public int MaximumTokenSize => _options.MaximumTokenSize;

    /// <inheritdoc/>
    public async ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default)
    {
        var request = new TimestampRequest(algorithm, imprint, _options.SendNonce ? TimestampRequest.CreateNonce() : default, _options.PolicyOid);
        byte[] encoded = request.Encode();
        for (int attempt = 0; ; attempt++)
        {
            long started = _time.GetTimestamp();
            (TimestampToken? token, Failure failure) = await AskAsync(request, encoded, cancellationToken).ConfigureAwait(false);
            if (token is not null)
            {
                return token;
            }

            if (!failure.MayPass || attempt >= _options.Retries)
            {
                throw Unavailable(failure, _time.GetElapsedTime(started), attempt + 1);
            }

            await Task.Delay(_options.RetryDelay * Math.Pow(2, attempt), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(TimestampToken? Token, Failure Failure)> AskAsync(TimestampRequest request, byte[] encoded, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, Uri) { Content = new ByteArrayContent(encoded) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/timestamp-reply"));
            if (_options.Authorization is { } authorization)
            {
                message.Headers.TryAddWithoutValidation("Authorization", authorization);
            }

            using HttpResponseMessage answer = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            int status = (int)answer.StatusCode;
            if (!answer.IsSuccessStatusCode)
            {
                return (null, new Failure($"answered {status}", status, MayPass: status is 408 or 429 or >= 500));
            }

            byte[]? body = await ReadLimitedAsync(answer, linked.Token).ConfigureAwait(false);
            return body is null
                ? (null, new Failure($"answered with more than {TimestampResponse.MaximumSize} bytes", status))
                : Judge(request, body, status);
        }
        catch (HttpRequestException exception)
        {
            return (null, new Failure($"could not be reached: {(exception.InnerException ?? exception).Message}", (int?)exception.StatusCode, MayPass: true, Cause: exception));
        }
        catch (IOException exception)
        {
            return (null, new Failure($"broke off: {exception.Message}", Status: null, MayPass: true, Cause: exception));
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, new Failure($"did not answer within {Seconds(_options.Timeout)}", Status: null, MayPass: true, Cause: exception));
        }
    }

    private static (TimestampToken? Token, Failure Failure) Judge(TimestampRequest request, byte[] body, int status)
    {
        TimestampResponse response;
        try
        {
            response = TimestampResponse.Decode(body);
        }
        catch (Asn1FormatException exception)
        {
            return (null, new Failure($"answered {status} with something that is not a timestamp response: {exception.Detail}", status, Cause: exception));
        }

        if (response.Token is not { } token)
        {
            string reason = response.FailureInfo is { } info ? $" ({info})" : "";
            string text = response.StatusTexts.Count > 0 ? $": {string.Join("; ", response.StatusTexts)}" : "";
            bool mayPass = response.FailureInfo is TimestampFailureInfo.TimeNotAvailable or TimestampFailureInfo.SystemFailure;
            return (null, new Failure($"refused{reason}{text}", status, mayPass, response.FailureInfo));
        }

        TimestampVerdict verdict = token.Verify(request);
        return verdict.IsValid
            ? (token, default)
            : (null, new Failure($"answered with a token that does not stand: {string.Join(", ", verdict.Failures)}", status));
    }

    private static async Task<byte[]?> ReadLimitedAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.Content.Headers.ContentLength > TimestampResponse.MaximumSize)
        {
            return null;
        }

        using Stream stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > TimestampResponse.MaximumSize)
            {
                return null;
            }

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private TimestampUnavailableException Unavailable(in Failure failure, TimeSpan elapsed, int attempts)
    {
        string times = attempts == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" (attempt {attempts})");
        return new($"时间戳服务{Uri}不可用：{failure.Text}（{Seconds(elapsed)}{times}），未添加时间戳 / {Uri} {failure.Text} after {Seconds(elapsed)}{times}; no timestamp was added.", Uri, failure.Status, failure.Cause) { FailureInfo = failure.Info };
    }

    private static string Seconds(TimeSpan value) => string.Create(CultureInfo.InvariantCulture, $"{value.TotalSeconds:0.0} s");

    private readonly record struct Failure(string Text, int? Status, bool MayPass = false, TimestampFailureInfo? Info = null, Exception? Cause = null);
}
