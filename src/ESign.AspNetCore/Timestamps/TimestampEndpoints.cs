using System.Security.Cryptography;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Operations;
using ESign.Pki.Timestamping;
using ESign.Tsa;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore.Timestamps;

/// <summary>RFC 3161 over HTTP.</summary>
/// <remarks>RFC 3161 §3.4: POST of <c>application/timestamp-query</c>, answered by <c>application/timestamp-reply</c>, refusals too.</remarks>
internal static class TimestampEndpoints
{
    private const string QueryType = "application/timestamp-query";
    private const string ReplyType = "application/timestamp-reply";

    /// <summary>A request has an imprint of 64 octets, a nonce of 128 and some identifiers.</summary>
    private const int MaximumRequest = 8 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints, string path)
    {
        // A plain delegate: this is the service's busiest address, and nothing of it needs a scope or a binder.
        IServiceProvider services = endpoints.ServiceProvider;
        endpoints.MapPost(path, context => PostAsync(
            context, services.GetRequiredService<TimestampAuthority>(), services.GetRequiredService<AuditLog>(), services.GetRequiredService<ServiceMetrics>(), services.GetRequiredService<TimeProvider>()));
        endpoints.MapGet(path, GetHealth).ExcludeFromDescription();
    }

    private static async Task PostAsync(HttpContext context, TimestampAuthority authority, AuditLog audit, ServiceMetrics metrics, TimeProvider time)
    {
        if (!RequestBody.IsOf(QueryType, context))
        {
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "media-type", $"内容类型应为 {QueryType}（RFC 3161 §3.4） / The content type should be {QueryType} (RFC 3161 §3.4)");
        }

        byte[] request;
        try
        {
            request = await RequestBody.ReadAsync(context, MaximumRequest, time).ConfigureAwait(false);
        }
        catch (RequestRefusedException refusal) when (refusal.Status == StatusCodes.Status413PayloadTooLarge)
        {
            byte[] tooLarge = TimestampResponse.Refuse(TimestampFailureInfo.BadDataFormat, refusal.Message).Encode();
            await SendAsync(context, StatusCodes.Status413PayloadTooLarge, tooLarge).ConfigureAwait(false);
            return;
        }

        TimestampResponse response = await authority.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
        metrics.TimestampAnswered(response.IsGranted ? "granted" : response.FailureInfo?.ToString() ?? "refused");
        if (response.Token is { } token)
        {
            await audit.RecordAsync(Describe(context, token)).ConfigureAwait(false);
        }

        await SendAsync(context, StatusCodes.Status200OK, response.Encode()).ConfigureAwait(false);
    }

    private static AuditEntry Describe(HttpContext context, TimestampToken token) =>
        new("timestamp.issued", "anonymous", Convert.ToHexStringLower(token.Info.SerialNumber.Span))
        {
            RequestId = context.TraceIdentifier,
            Details =
            [
                ("policy", token.Info.PolicyOid),
                ("digest", token.Info.DigestOid),
                ("imprint", Convert.ToHexStringLower(token.Info.HashedMessage.Span)),
                ("tokenSha256", Convert.ToHexStringLower(SHA256.HashData(token.RawData.Span))),
            ],
        };

    private static IResult GetHealth(TimestampAuthority authority, ClockGuard guard) => guard.IsInSync
        ? Results.Text($"RFC 3161 timestamp authority: POST {QueryType}. Policies: {string.Join(", ", authority.Policies.Select(static policy => policy.Oid))}\n")
        : throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "time-not-available", "时钟未经确认，暂不签发时间戳 / The clock is in doubt; no timestamps are issued", TimeSpan.FromMinutes(1));

    private static async Task SendAsync(HttpContext context, int status, byte[] reply)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ReplyType;
        context.Response.ContentLength = reply.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(reply, context.RequestAborted).ConfigureAwait(false);
    }
}
