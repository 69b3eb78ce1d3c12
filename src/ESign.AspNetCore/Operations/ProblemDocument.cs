using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ESign.AspNetCore.Operations;

/// <summary>Writes errors as <c>application/problem+json</c> with the request's id.</summary>
/// <remarks>RFC 9457 §3.1; <c>code</c>, <c>platformCode</c> and <c>requestId</c> are extension members (§3.2).</remarks>
internal static class ProblemDocument
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, RequestRefusedException refusal)
    {
        if (refusal.RetryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Challenge is { } challenge)
        {
            context.Response.Headers.WWWAuthenticate = challenge;
        }

        await WriteAsync(context, refusal.Status, refusal.Code, refusal.Message, refusal.PlatformCode).ConfigureAwait(false);
    }

    public static async Task WriteAsync(HttpContext context, int status, string code, string detail, string? platformCode = null)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", "urn:esign:error:" + code);
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteString("code", code);
            if (platformCode is not null)
            {
                json.WriteString("platformCode", platformCode);
            }

            json.WriteString("requestId", context.TraceIdentifier);
            if (context.GetEndpoint()?.Metadata.GetMetadata<OAuthErrorsMetadata>() is not null)
            {
                json.WriteString("error", code);
                json.WriteString("error_description", detail);
            }

            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        context.Response.ContentLength = buffer.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), context.RequestAborted).ConfigureAwait(false);
    }
}
