using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Operations;

/// <summary>Lets requests in: a token bucket per client (429), then a bounded queue for all (503). Both say when to come back.</summary>
internal sealed class RequestGate : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _rate;
    private readonly ConcurrencyLimiter _places;

    public RequestGate(RequestLimitSettings settings)
    {
        int tokens = Math.Max(1, settings.RequestsPerSecond / 10);
        _rate = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(ClientOf(context), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.Burst,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromSeconds((double)tokens / settings.RequestsPerSecond),
            QueueLimit = 0,
            AutoReplenishment = true,
        }));
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = settings.Concurrent,
            QueueLimit = settings.Queued,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    /// <summary>Waits for a place.</summary>
    /// <returns>The place; dispose of it when the request is done.</returns>
    /// <exception cref="RequestRefusedException">The client asks too much (429), or all do (503).</exception>
    public async ValueTask<RateLimitLease> EnterAsync(HttpContext context)
    {
        using (RateLimitLease token = _rate.AttemptAcquire(context))
        {
            if (!token.IsAcquired)
            {
                TimeSpan delay = token.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromSeconds(1);
                throw new RequestRefusedException(StatusCodes.Status429TooManyRequests, "too-many-requests", "请求过于频繁，请稍后再试 / Too many requests from this client; try again later", delay);
            }
        }

        RateLimitLease place = await _places.AcquireAsync(1, context.RequestAborted).ConfigureAwait(false);
        if (!place.IsAcquired)
        {
            place.Dispose();
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "busy", "服务繁忙，请稍后再试 / The service is busy; try again later", TimeSpan.FromSeconds(1));
        }

        return place;
    }

    public void Dispose()
    {
        _rate.Dispose();
        _places.Dispose();
    }

    // By address alone: a made-up token must not open a fresh bucket. Of IPv6 the first half, the least that one customer gets (RFC 6177 §2).
    private static string ClientOf(HttpContext context)
    {
        const int Prefix = 8;
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "local";
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, Prefix))
            : address.MapToIPv4().ToString();
    }
}
