using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ESign.AspNetCore.Authorities;

/// <summary>What anybody may fetch from an authority: certificates, CRLs and OCSP answers.</summary>
/// <remarks>
/// RFC 5280 §4.2.1.13 and §4.2.2.1 (CRLs and certificates over HTTP: RFC 2585 media types), RFC 6960 appendix A (OCSP over
/// HTTP), RFC 5019 §6 (cache headers).
/// </remarks>
internal static class CertificateAuthorityEndpoints
{
    private const string OcspRequestType = "application/ocsp-request";
    private const string OcspResponseType = "application/ocsp-response";

    /// <summary>A request about a hundred certificates fits easily.</summary>
    private const int MaximumOcspRequest = 64 * 1024;

    /// <summary>Certificates of authorities change when they are replaced, which is announced days ahead.</summary>
    private static readonly TimeSpan CertificateLife = TimeSpan.FromHours(6);

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/{issuer}.cer", (HttpContext context, string issuer, IssuerDirectory issuers) =>
            WriteAsync(context, issuers.Find(issuer).Authority.Certificate.RawData, "application/pkix-cert", CertificateLife));
        root.MapGet("/{issuer}.pem", (HttpContext context, string issuer, IssuerDirectory issuers) =>
            WriteAsync(context, Encoding.ASCII.GetBytes(ChainAsPem(issuers.Find(issuer))), "application/x-pem-file", CertificateLife));
        root.MapGet("/{issuer}.p7c", (HttpContext context, string issuer, IssuerDirectory issuers) =>
        {
            CertificateAuthority authority = issuers.Find(issuer).Authority;
            return WriteAsync(context, CertificateBundle.Encode([authority.Certificate, .. authority.Issuers]), "application/pkcs7-mime", CertificateLife);
        });
        root.MapGet("/crl/{name}.crl", GetCrlAsync);
        root.MapPost("/ocsp/{issuer}", PostOcspAsync);
        root.MapGet("/ocsp/{issuer}/{**request}", GetOcspAsync);
    }

    private static string ChainAsPem(HostedIssuer issuer) =>
        string.Concat(issuer.Authority.Issuers.Prepend(issuer.Authority.Certificate).Select(static certificate => certificate.ToPem() + "\n"));

    private static async Task GetCrlAsync(HttpContext context, string name, IssuerDirectory issuers, TimeProvider time)
    {
        (HostedIssuer issuer, int? partition) = issuers.FindPartition(name);
        if (partition >= issuer.Authority.Options.Publication.CrlPartitions)
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-partition", $"没有该分片 / There is no partition {partition}");
        }

        PublishedCrl crl = await issuer.GetCrlAsync(partition, context.RequestAborted).ConfigureAwait(false);
        DescribeLife(context, crl.ThisUpdate, crl.NextUpdate);

        // Caches ask again soon, so that a revocation is seen; the CRL itself is good for longer.
        await WriteAsync(context, crl.RawData, "application/pkix-crl", Shorter(TimeSpan.FromMinutes(5), crl.NextUpdate - time.GetUtcNow())).ConfigureAwait(false);
    }

    private static async Task PostOcspAsync(HttpContext context, string issuer, IssuerDirectory issuers, ServiceMetrics metrics, TimeProvider time)
    {
        HostedIssuer hosted = issuers.Find(issuer);
        if (!IsOfType(context, OcspRequestType))
        {
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "media-type", $"内容类型应为 / The content type should be {OcspRequestType} (RFC 6960 A.1)");
        }

        ReadOnlyMemory<byte> request = await RequestBody.ReadAsync(context, MaximumOcspRequest, time).ConfigureAwait(false);
        OcspResponder responder = await hosted.GetResponderAsync(context.RequestAborted).ConfigureAwait(false);
        OcspAnswer answer = await responder.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
        metrics.StatusAnswered(issuer, answer.Status.ToString());
        context.Response.Headers.CacheControl = "no-cache";
        await SendAsync(context, answer.RawData, OcspResponseType).ConfigureAwait(false);
    }

    private static async Task GetOcspAsync(HttpContext context, string issuer, string? request, IssuerDirectory issuers, ServiceMetrics metrics, TimeProvider time)
    {
        OcspResponder responder = await issuers.Find(issuer).GetResponderAsync(context.RequestAborted).ConfigureAwait(false);
        OcspAnswer answer = await responder.AnswerGetAsync(request ?? "", context.RequestAborted).ConfigureAwait(false);
        metrics.StatusAnswered(issuer, answer.Status.ToString());
        if (answer is { IsCacheable: true, ThisUpdate: { } made, NextUpdate: { } next })
        {
            DescribeLife(context, made, next);
            await WriteAsync(context, answer.RawData, OcspResponseType, next - time.GetUtcNow()).ConfigureAwait(false);
            return;
        }

        context.Response.Headers.CacheControl = "no-cache";
        await SendAsync(context, answer.RawData, OcspResponseType).ConfigureAwait(false);
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static bool IsOfType(HttpContext context, string type) =>
        MediaTypeHeaderValue.TryParse(context.Request.ContentType, out MediaTypeHeaderValue? given) && given.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static void DescribeLife(HttpContext context, DateTimeOffset made, DateTimeOffset next)
    {
        context.Response.Headers.LastModified = made.ToString("R", CultureInfo.InvariantCulture);
        context.Response.Headers.Expires = next.ToString("R", CultureInfo.InvariantCulture);
    }

    // RFC 5019 §6.2: max-age, public, no-transform, must-revalidate, and an ETag by which proxies ask again.
    private static Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> content, string type, TimeSpan life)
    {
        string tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content.Span)[..16])}\"";
        int seconds = Math.Max(0, (int)life.TotalSeconds);
        context.Response.Headers.CacheControl = string.Create(CultureInfo.InvariantCulture, $"max-age={seconds}, public, no-transform, must-revalidate");
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.Any(given => given is not null && given.Contains(tag, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return SendAsync(context, content, type);
    }

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> content, string type)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
    }
}
