using ESign.AspNetCore.Access;
using ESign.AspNetCore.Api;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Health;
using ESign.AspNetCore.Operations;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Transparency;
using ESign.Registration.Access;
using ESign.Registration.Protection;
using ESign.Registration.Records;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ESign.AspNetCore;

/// <summary>Registers ESign's services.</summary>
public static class ESignServiceCollectionExtensions
{
    /// <summary>
    /// Adds what every part needs: audit log, access control, limits, measurement. Stores are in memory until
    /// <see cref="ESignBuilder.UseStores"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <returns>The builder that adds the parts.</returns>
    public static ESignBuilder AddESign(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ICertificateRepository, InMemoryCertificateRepository>();
        services.TryAddSingleton<ITransparencyLog, InMemoryTransparencyLog>();
        services.TryAddSingleton<IAccessTokenStore, InMemoryAccessTokenStore>();
        services.TryAddSingleton(static _ => new RequestLimitSettings());
        services.TryAddSingleton(static _ => new AuditLogSettings());
        services.TryAddSingleton(static _ => new AuditKey(LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256)));
        services.TryAddSingleton(static _ => new IssuerDirectory([]));
        services.AddSingleton<RequestGate>();
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<HealthProbe>();
        services.AddSingleton<CrlWatch>();
        services.TryAddSingleton(static _ => new CertificateAuthoritySettings { PublicUrl = "" });
        services.TryAddSingleton<IRecordStore, InMemoryRecordStore>();
        services.TryAddSingleton(static _ => DataKeyRing.Create());
        services.AddSingleton<AuditLog>();
        services.AddSingleton<CheckpointPublisher>();
        services.AddHostedService(static provider => provider.GetRequiredService<CheckpointPublisher>());
        services.AddSingleton<ClientCertificates>();
        services.AddSingleton<AccessControl>();
        services.AddSingleton<CertificateIssuance>();
        services.TryAddSingleton(static _ => new VerificationSettings());
        services.AddSingleton<DocumentVerification>();
        services.Configure<RouteOptions>(static options => options.SetParameterPolicy<RegexInlineRouteConstraint>("regex")); // slim builders leave it out
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.Configure<JsonOptions>(static options => ApiJson.Apply(options.SerializerOptions));
        RegistrationServices.Add(services);
        services.AddOpenApi("v1");
        return new ESignBuilder(services);
    }
}
