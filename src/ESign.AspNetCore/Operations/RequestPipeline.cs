using System.Diagnostics;
using System.Threading.RateLimiting;
using ESign.Pki.Asn1;
using ESign.Pki.Issuance;
using ESign.Registration;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace ESign.AspNetCore.Operations;

/// <summary>What every request passes: an id, the gate, measurement, and errors as problem documents.</summary>
internal sealed class RequestPipeline(RequestDelegate next, RequestGate gate, ServiceMetrics metrics, ILogger<RequestPipeline> logger)
{
    public const string RequestIdHeader = "X-Request-Id";

    public async Task InvokeAsync(HttpContext context)
    {
        // The server's own id, which its log lines carry too; never one of a stranger's choosing.
        context.Response.Headers[RequestIdHeader] = context.TraceIdentifier;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        long started = Stopwatch.GetTimestamp();
        await RunAsync(context).ConfigureAwait(false);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
        metrics.RequestDone(route, context.Response.StatusCode, elapsed);

        // What went well is counted, and what matters of it is in the audit log; a line for each would be the larger part of the work.
        LogLevel level = context.Response.StatusCode < 400 ? LogLevel.Debug : LogLevel.Information;
        if (logger.IsEnabled(level))
        {
            logger.Log(level, "{Method} {Route} {Status} {Elapsed} ms", context.Request.Method, route, context.Response.StatusCode, elapsed.TotalMilliseconds);
        }
    }

    private static bool IsOperational(PathString path) => path.StartsWithSegments("/health", StringComparison.Ordinal) || path.StartsWithSegments("/metrics", StringComparison.Ordinal);

    private static RequestRefusedException? Explain(Exception exception) => exception switch
    {
        RequestRefusedException refusal => refusal,
        IssuanceRefusedException refusal => new(StatusCodes.Status422UnprocessableEntity, "refused-" + refusal.Code, refusal.Message),
        RegistrationException refusal => RegistrationProblem.Explain(refusal),
        Asn1FormatException malformed => new(StatusCodes.Status400BadRequest, "malformed", $"无法解析请求 / The request cannot be read: {malformed.Message}"),
        BadHttpRequestException bad => new(bad.StatusCode, "bad-request", $"请求格式错误 / The request is malformed: {bad.InnerException?.Message ?? bad.Message}"),
        _ => null,
    };

    private async Task RunAsync(HttpContext context)
    {
        try
        {
            RefuseNul(context.Request);
            if (IsOperational(context.Request.Path))
            {
                await next(context).ConfigureAwait(false);
            }
            else
            {
                using RateLimitLease place = await gate.EnterAsync(context).ConfigureAwait(false);
                await next(context).ConfigureAwait(false);
            }

            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await DescribeStatusAsync(context).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest; // nobody reads it: it is for the log
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            RequestRefusedException? refusal = Explain(exception);
            if (refusal is null)
            {
                logger.LogError(exception, "The request failed");
                refusal = new(StatusCodes.Status500InternalServerError, "internal", "服务内部错误，请提供请求编号 / An error in the service; quote the request id");
            }

            await ProblemDocument.WriteAsync(context, refusal).ConfigureAwait(false);
        }
    }

    // No text here has one, and PostgreSQL takes none.
    private static void RefuseNul(HttpRequest request)
    {
        if (request.Path.Value!.Contains('\0', StringComparison.Ordinal) || request.QueryString.Value!.Contains("%00", StringComparison.Ordinal))
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, "nul", "地址中不能有空字符 / An address has no NUL in it");
        }
    }

    private static Task DescribeStatusAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => ProblemDocument.WriteAsync(context, StatusCodes.Status404NotFound, "not-found", "没有该资源 / There is nothing at this address"),
        StatusCodes.Status405MethodNotAllowed => ProblemDocument.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method", "不支持该方法 / The method is not offered here"),
        StatusCodes.Status415UnsupportedMediaType => ProblemDocument.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, "media-type", "不支持该内容类型 / The content type is not accepted here"),
        int status => ProblemDocument.WriteAsync(context, status, "status-" + status.ToString(System.Globalization.CultureInfo.InvariantCulture), "请求未完成 / The request was not carried out"),
    };
}
