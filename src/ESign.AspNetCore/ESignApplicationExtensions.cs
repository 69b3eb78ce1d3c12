using System.Diagnostics.Metrics;
using System.Net;
using System.Reflection;
using ESign.AspNetCore.Access;
using ESign.AspNetCore.Accounts;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Applications;
using ESign.AspNetCore.Approvals;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Callbacks;
using ESign.AspNetCore.Enrolment;
using ESign.AspNetCore.Health;
using ESign.AspNetCore.Operations;
using ESign.AspNetCore.RemoteSigning;
using ESign.AspNetCore.Seals;
using ESign.AspNetCore.Timestamps;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ESign.AspNetCore;

/// <summary>Puts ESign's endpoints into an application.</summary>
public static class ESignApplicationExtensions
{
    /// <summary>Gives every request an id, limits, measurement and errors as problem documents. Call it before the endpoints are mapped.</summary>
    /// <param name="app">The application.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseESign(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.ApplicationServices.GetRequiredService<PrometheusText>(); // listens from now on
        CrlWatch watch = app.ApplicationServices.GetRequiredService<CrlWatch>();
        app.ApplicationServices.GetRequiredService<ServiceMetrics>().Watch(() => watch.Remainders().Select(static rest => new Measurement<double>(rest.Remaining.TotalSeconds, new KeyValuePair<string, object?>("issuer", rest.Issuer))));
        return app.UseMiddleware<RequestPipeline>();
    }

    /// <summary>Takes over client certificates from a header set by proxies that end TLS. Call it before forwarded addresses are taken over.</summary>
    /// <param name="app">The application.</param>
    /// <param name="header">The header: RFC 9440's <c>Client-Cert</c>, or one with a percent-encoded PEM as nginx writes it.</param>
    /// <param name="proxies">Whose header is believed; this machine's is always.</param>
    /// <returns>The application.</returns>
    public static IApplicationBuilder UseForwardedClientCertificate(this IApplicationBuilder app, string header, params IEnumerable<IPAddress> proxies)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentException.ThrowIfNullOrEmpty(header);
        return app.UseMiddleware<ForwardedClientCertificate>(new ForwardedClientCertificateSettings(header, [.. proxies]));
    }

    /// <summary>Maps the RFC 3161 timestamp authority.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Its address, for example <c>/tsa</c>.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapTimestampAuthority(this IEndpointRouteBuilder endpoints, string path)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        TimestampEndpoints.Map(endpoints, path);
        return endpoints;
    }

    /// <summary>Maps the authorities' certificates, CRLs and OCSP responders.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where they begin, for example <c>/ca</c>.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapCertificateAuthority(this IEndpointRouteBuilder endpoints, string prefix)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        CertificateAuthorityEndpoints.Map(endpoints.MapGroup(prefix).ExcludeFromDescription());
        return endpoints;
    }

    /// <summary>Maps enrolment over secure transport (EST, RFC 7030).</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where it begins; RFC 7030 §3.2.2 fixes <c>/.well-known/est</c>.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapEnrolment(this IEndpointRouteBuilder endpoints, string prefix = "/.well-known/est")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        EnrolmentEndpoints.Map(endpoints.MapGroup(prefix).ExcludeFromDescription());
        return endpoints;
    }

    /// <summary>Maps the REST API and its OpenAPI description at <c>/openapi/v1.json</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where it begins.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapESignApi(this IEndpointRouteBuilder endpoints, string prefix = "/api/v1")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RouteGroupBuilder group = endpoints.MapGroup(prefix);
        CertificateApi.Map(group);
        IssuerApi.Map(group);
        TokenApi.Map(group);
        VerifyApi.Map(group);
        AuditApi.Map(group.MapGroup("/audit"));
        RouteGroupBuilder applications = group.MapGroup("/applications");
        PersonApi.Map(applications);
        EnterpriseApi.Map(applications);
        AuthorizationApi.Map(applications);
        SealApi.Map(group);
        CallbackApi.Map(group);
        LoginApi.Map(group);
        OperatorApi.Map(group);
        ApprovalApi.Map(group);
        endpoints.MapOpenApi("/openapi/{documentName:regex(^v1$)}.json");
        return endpoints;
    }

    /// <summary>Maps the audit log as tiles (C2SP tlog-tiles): checkpoint and tiles for everybody, records for auditors.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where it begins.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapAuditLog(this IEndpointRouteBuilder endpoints, string prefix = "/audit")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        AuditTiles.Map(endpoints.MapGroup(prefix).ExcludeFromDescription());
        return endpoints;
    }

    /// <summary>Maps signing by hash (Cloud Signature Consortium API v2, a subset).</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">Where it begins.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapRemoteSigning(this IEndpointRouteBuilder endpoints, string prefix = "/csc/v2")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        RemoteSigningEndpoints.Map(endpoints.MapGroup(prefix).ExcludeFromDescription().WithMetadata(new OAuthErrorsMetadata()));
        return endpoints;
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapESignOperations(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        OperationsEndpoints.Map(endpoints);
        return endpoints;
    }

    /// <summary>Maps pages embedded in an assembly: resource <c>wwwroot/a/b.js</c> at <c>/a/b.js</c>, <c>wwwroot/verify.html</c> at <c>/verify</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="assembly">The assembly with the pages.</param>
    /// <returns>The application.</returns>
    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder endpoints, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(assembly);
        var pages = new Pages(assembly, "wwwroot/");
        foreach (string path in pages.Paths)
        {
            string address = path.EndsWith(".html", StringComparison.Ordinal) ? path[..^".html".Length] : path;
            endpoints.MapGet(address, context => pages.SendAsync(context, path)).ExcludeFromDescription();
        }

        return endpoints;
    }
}
