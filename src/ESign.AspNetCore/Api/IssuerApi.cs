using ESign.AspNetCore.Access;
using ESign.AspNetCore.Audit;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ESign.AspNetCore.Api;

/// <summary><c>/api/v1/issuers</c>: the authorities published here, and the CRLs brought to those whose keys are offline.</summary>
internal static class IssuerApi
{
    /// <summary>A root revokes authorities, not subscribers: its CRL has a few entries.</summary>
    private const int MaximumCrl = 1 << 20;

    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder group = api.MapGroup("/issuers").WithTags("Certificates");
        group.MapGet("", List).WithSummary("The issuers of this service").Produces<IReadOnlyList<IssuerDocument>>();
        group.MapPut("/{name}/crl", PlaceAsync).WithSummary("Place the CRL of an issuer whose key is offline (DER or PEM)").Accepts<IFormFile>("application/pkix-crl").Produces<PlacedCrlDocument>();
    }

    private static IssuerDocument[] List(IssuerDirectory issuers) =>
    [
        .. issuers.All.Select(static issuer => Describe(issuer.Name, issuer.Authority.Certificate, isOffline: false)),
        .. issuers.Offline.Select(static issuer => Describe(issuer.Name, issuer.Chain[0], isOffline: true)),
    ];

    private static async Task<PlacedCrlDocument> PlaceAsync(HttpContext context, string name, IssuerDirectory issuers, AccessControl access, AuditLog audit, TimeProvider time)
    {
        Caller caller = await access.RequireAsync(context, Permission.PlaceCrls, name).ConfigureAwait(false);
        OfflineIssuer issuer = issuers.FindOffline(name)
            ?? throw new RequestRefusedException(StatusCodes.Status404NotFound, "no-such-issuer", $"没有离线签发者 {name} / There is no offline issuer {name}");
        CertificateRevocationList crl = issuer.Place(await RequestBody.ReadAsync(context, MaximumCrl, time).ConfigureAwait(false));
        string? number = crl.Number is { } value ? Convert.ToHexStringLower(value.Span) : null;
        await audit.RecordAsync(context, caller, "crl.placed", name, ("number", number), ("thisUpdate", crl.ThisUpdate.ToString("O", System.Globalization.CultureInfo.InvariantCulture))).ConfigureAwait(false);
        return new PlacedCrlDocument(name, number, crl.EntryCount, crl.ThisUpdate, crl.NextUpdate);
    }

    private static IssuerDocument Describe(string name, Certificate certificate, bool isOffline) => new(
        name, Convert.ToHexStringLower(certificate.SubjectKeyIdentifier!.Value.Span), certificate.Subject.ToString(), certificate.NotAfter, certificate.ToPem() + "\n", isOffline);
}
