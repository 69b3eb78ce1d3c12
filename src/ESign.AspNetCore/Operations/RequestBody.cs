using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace ESign.AspNetCore.Operations;

/// <summary>Reads a request's body whole, within a size and a time.</summary>
internal static class RequestBody
{
    /// <summary>Bodies of the protocols arrive in one packet or a few; ten seconds serve the slowest honest line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether the body is of a media type, whatever its parameters.</summary>
    public static bool IsOf(string mediaType, HttpContext context) =>
        string.Equals(context.Request.ContentType, mediaType, StringComparison.OrdinalIgnoreCase)
        || (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? given) && given.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="limit">The most bytes accepted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long to wait for the whole of it; ten seconds when <see langword="null"/>.</param>
    /// <exception cref="RequestRefusedException">It is larger (413) or slower (408).</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext context, int limit, TimeProvider time, TimeSpan? patience = null)
    {
        if (context.Request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        // What is larger is counted here, so that the refusal is ours and not a broken connection.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = limit + 1L;
        }

        try
        {
            if (TryReadArrived(context.Request.BodyReader, limit) is { } arrived)
            {
                return arrived;
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }

        using var timeout = new CancellationTokenSource(patience ?? Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            return await ReadAsync(context.Request.BodyReader, limit, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            throw new RequestRefusedException(StatusCodes.Status408RequestTimeout, "too-slow", "请求内容传送过慢 / The request's body arrived too slowly");
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(limit);
        }
    }

    // Nearly always the whole body came with the request's head: then nothing is waited for and no clock is needed.
    private static byte[]? TryReadArrived(PipeReader reader, int limit)
    {
        if (!reader.TryRead(out ReadResult read))
        {
            return null;
        }

        if (read.IsCompleted && read.Buffer.Length <= limit)
        {
            byte[] body = read.Buffer.ToArray();
            reader.AdvanceTo(read.Buffer.End);
            return body;
        }

        reader.AdvanceTo(read.Buffer.Start);
        return null;
    }

    private static async ValueTask<byte[]> ReadAsync(PipeReader reader, int limit, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.Length > limit)
            {
                throw TooLarge(limit);
            }

            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static RequestRefusedException TooLarge(int limit) =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", $"请求内容超过{limit}字节 / The request's body is larger than {limit} bytes");
}
