using System.Text;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

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

    private static readonly TimeSpan CrlLife = TimeSpan.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder root)
    {
        root.MapGet("/{issuer}.cer", (HttpContext context, string issuer, IssuerDirectory issuers) =>
            SendAsync(context, issuers.FindChain(issuer)[0].RawData, "application/pkix-cert"));
        root.MapGet("/{issuer}.pem", (HttpContext context, string issuer, IssuerDirectory issuers) =>
            SendAsync(context, Encoding.ASCII.GetBytes(string.Concat(issuers.FindChain(issuer).Select(static certificate => certificate.ToPem() + "\n"))), "application/x-pem-file"));
        root.MapGet("/{issuer}.p7c", (HttpContext context, string issuer, IssuerDirectory issuers) =>
            SendAsync(context, CertificateBundle.Encode(issuers.FindChain(issuer)), "application/pkcs7-mime"));
        root.MapGet("/crl/{name}.crl", GetCrlAsync);

        // Plain delegates: these are asked for every signature somebody verifies, and need neither a scope nor a binder.
        IServiceProvider services = root.ServiceProvider;
        root.MapPost("/ocsp/{issuer}", context =>
            PostOcspAsync(context, Find(context, services), services.GetRequiredService<ServiceMetrics>(), services.GetRequiredService<TimeProvider>()));
        root.MapGet("/ocsp/{issuer}/{**request}", context =>
            GetOcspAsync(context, Find(context, services), services.GetRequiredService<ServiceMetrics>(), services.GetRequiredService<TimeProvider>()));
    }

    private static HostedIssuer Find(HttpContext context, IServiceProvider services) =>
        services.GetRequiredService<IssuerDirectory>().Find((string)context.Request.RouteValues["issuer"]!);

    private static async Task GetCrlAsync(HttpContext context, string name, IssuerDirectory issuers, TimeProvider time)
    {
        CrlAddress address = issuers.FindCrl(name);
        (ReadOnlyMemory<byte> crl, DateTimeOffset made, DateTimeOffset? next) = issuers.FindOffline(address.Issuer) is { } offline
            ? FindPlaced(offline, address)
            : await PublishAsync(issuers.Find(address.Issuer), address, context.RequestAborted).ConfigureAwait(false);

        // Caches ask again soon, so that a revocation is seen; the CRL itself is good for longer.
        TimeSpan rest = (next ?? DateTimeOffset.MaxValue) - time.GetUtcNow();
        await new ReadyAnswer(crl, "application/pkix-crl", rest < CrlLife ? rest : CrlLife, made, next).SendAsync(context).ConfigureAwait(false);
    }

    private static async ValueTask<(ReadOnlyMemory<byte> Crl, DateTimeOffset Made, DateTimeOffset? Next)> PublishAsync(HostedIssuer issuer, CrlAddress address, CancellationToken cancellationToken)
    {
        if (address.Partition >= issuer.Authority.Options.Publication.CrlPartitions)
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-partition", $"没有分片 {address.Partition} / There is no partition {address.Partition}");
        }

        PublishedCrl crl = await issuer.GetCrlAsync(address.Partition, address.IsDelta, cancellationToken).ConfigureAwait(false);
        return (crl.RawData, crl.ThisUpdate, crl.NextUpdate);
    }

    private static (ReadOnlyMemory<byte> Crl, DateTimeOffset Made, DateTimeOffset? Next) FindPlaced(OfflineIssuer issuer, CrlAddress address) =>
        address is { Partition: null, IsDelta: false } && issuer.Current is { } crl
            ? (crl.RawData, crl.ThisUpdate, crl.NextUpdate)
            : throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-crl", $"尚无 {issuer.Name} 的该吊销列表 / No such CRL of {issuer.Name} was placed here");

    private static async Task PostOcspAsync(HttpContext context, HostedIssuer issuer, ServiceMetrics metrics, TimeProvider time)
    {
        if (!RequestBody.IsOf(OcspRequestType, context))
        {
            throw new RequestRefusedException(StatusCodes.Status415UnsupportedMediaType, "media-type", $"内容类型应为 {OcspRequestType}（RFC 6960 A.1） / The content type should be {OcspRequestType} (RFC 6960 A.1)");
        }

        byte[] request = await RequestBody.ReadAsync(context, MaximumOcspRequest, time).ConfigureAwait(false);
        OcspResponder responder = await issuer.GetResponderAsync(context.RequestAborted).ConfigureAwait(false);
        OcspAnswer answer = await responder.AnswerAsync(request, context.RequestAborted).ConfigureAwait(false);
        await SendFreshAsync(context, issuer, metrics, answer).ConfigureAwait(false);
    }

    private static async Task GetOcspAsync(HttpContext context, HostedIssuer issuer, ServiceMetrics metrics, TimeProvider time)
    {
        string path = context.Request.RouteValues["request"] as string ?? "";
        if (issuer.FindAnswer(path) is { } ready)
        {
            metrics.StatusAnswered(issuer.Name, OcspResponseStatus.Successful);
            await ready.SendAsync(context).ConfigureAwait(false);
            return;
        }

        long askedAt = time.GetTimestamp();
        int generation = issuer.Generation;
        OcspResponder responder = await issuer.GetResponderAsync(context.RequestAborted).ConfigureAwait(false);
        OcspAnswer answer = await responder.AnswerGetAsync(path, context.RequestAborted).ConfigureAwait(false);
        if (answer is not { IsCacheable: true, ThisUpdate: { } made, NextUpdate: { } next })
        {
            await SendFreshAsync(context, issuer, metrics, answer).ConfigureAwait(false);
            return;
        }

        ready = new ReadyAnswer(answer.RawData, OcspResponseType, next - time.GetUtcNow(), made, next);
        issuer.KeepAnswer(path, ready, askedAt, generation);
        metrics.StatusAnswered(issuer.Name, answer.Status);
        await ready.SendAsync(context).ConfigureAwait(false);
    }

    private static Task SendFreshAsync(HttpContext context, HostedIssuer issuer, ServiceMetrics metrics, OcspAnswer answer)
    {
        metrics.StatusAnswered(issuer.Name, answer.Status);
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentType = OcspResponseType;
        context.Response.ContentLength = answer.RawData.Length;
        return context.Response.Body.WriteAsync(answer.RawData, context.RequestAborted).AsTask();
    }

    private static Task SendAsync(HttpContext context, ReadOnlyMemory<byte> content, string type) => new ReadyAnswer(content, type, CertificateLife).SendAsync(context);
}
