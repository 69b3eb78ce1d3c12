using ESign.AspNetCore.Operations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Health;

/// <summary>For those who run the service: <c>/health/live</c>, <c>/health/ready</c>, <c>/metrics</c>.</summary>
internal static class OperationsEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Text("live\n")).ExcludeFromDescription();
        endpoints.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
        endpoints.MapGet("/metrics", (PrometheusText metrics) => Results.Text(metrics.Write(), PrometheusText.ContentType)).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(HttpContext context, HealthProbe probe, CrlWatch watch)
    {
        IReadOnlyDictionary<string, string> faults = await probe.ProbeAsync(context.RequestAborted).ConfigureAwait(false);
        return Results.Json(new { status = faults.Count == 0 ? "ready" : "not ready", faults, warnings = watch.FindWarnings() }, statusCode: faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
