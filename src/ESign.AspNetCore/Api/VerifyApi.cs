using System.Globalization;
using ESign.AspNetCore.Operations;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Api;

/// <summary><c>/api/v1/verify</c>: a PDF in, a report out. Nothing is kept.</summary>
internal static class VerifyApi
{
    /// <summary>Documents are larger than protocol messages and lines slower upwards.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static void Map(RouteGroupBuilder api) => api.MapPost("/verify", VerifyAsync)
        .WithTags("Verification")
        .WithSummary("Verify a PDF (the body, application/pdf); format is json, html, pdf or xml")
        .Accepts<IFormFile>("application/pdf");

    private static async Task VerifyAsync(HttpContext context, string? format, string? name, string? lang, DocumentVerification verification, TimeProvider time)
    {
        (string type, Func<ValidationReport, Stream, CancellationToken, Task> write) = FormOf(format);
        byte[] pdf = await RequestBody.ReadAsync(context, verification.MaximumSize, time, Patience).ConfigureAwait(false);
        using var stream = new MemoryStream(pdf, writable: false);
        VerificationResult result = await verification.VerifyAsync(stream, context.RequestAborted).ConfigureAwait(false);
        ValidationReport report = ValidationReport.Create(result, string.IsNullOrWhiteSpace(name) ? "document.pdf" : name, CultureOf(lang));
        using var written = new MemoryStream();
        await write(report, written, context.RequestAborted).ConfigureAwait(false);
        context.Response.ContentType = type;
        context.Response.ContentLength = written.Length;
        context.Response.Headers.CacheControl = "no-store";
        if (format is "html" or "pdf" or "xml")
        {
            context.Response.Headers.ContentDisposition = $"attachment; filename=\"report.{format}\"";
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
        }

        await context.Response.Body.WriteAsync(written.GetBuffer().AsMemory(0, (int)written.Length), context.RequestAborted).ConfigureAwait(false);
    }

    private static (string Type, Func<ValidationReport, Stream, CancellationToken, Task> Write) FormOf(string? format) => format switch
    {
        null or "json" => ("application/json", static (report, stream, cancellationToken) => report.WriteJsonAsync(stream, cancellationToken)),
        "html" => ("text/html; charset=utf-8", static (report, stream, cancellationToken) => report.WriteHtmlAsync(stream, cancellationToken)),
        "pdf" => ("application/pdf", static (report, stream, cancellationToken) => report.WritePdfAsync(stream, cancellationToken)),
        "xml" => ("application/xml", static (report, stream, cancellationToken) => report.WriteXmlAsync(stream, cancellationToken)),
        _ => throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, "format", "format应为json、html、pdf或xml / The format is json, html, pdf or xml"),
    };

    private static CultureInfo CultureOf(string? language) => CultureInfo.GetCultureInfo(language is "en" ? "en" : "zh-CN");
}
