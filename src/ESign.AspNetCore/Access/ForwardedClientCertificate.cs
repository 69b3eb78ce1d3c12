using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.AspNetCore.Operations;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Access;

/// <summary>Takes over the client certificate that a proxy ended TLS with, from a header that only known proxies are believed.</summary>
/// <remarks>
/// RFC 9440 (<c>:BASE64:</c> of the DER certificate), or what nginx calls <c>$ssl_client_escaped_cert</c> (PEM, percent-encoded). Runs before
/// forwarded addresses are taken over: the address that counts is that of the connection.
/// </remarks>
internal sealed class ForwardedClientCertificate(RequestDelegate next, ForwardedClientCertificateSettings settings)
{
    private const int MaximumLength = 16 * 1024;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Headers.TryGetValue(settings.Header, out Microsoft.Extensions.Primitives.StringValues values))
        {
            context.Request.Headers.Remove(settings.Header);
            if (IsProxy(context.Connection.RemoteIpAddress) && values is [{ Length: > 0 } value])
            {
                using X509Certificate2? certificate = TryRead(value);
                if (certificate is null)
                {
                    await ProblemDocument.WriteAsync(context, StatusCodes.Status400BadRequest, "client-certificate", "代理转交的客户端证书无法解析 / The client certificate the proxy passed on cannot be read").ConfigureAwait(false);
                    return;
                }

                context.Connection.ClientCertificate = certificate;
                await next(context).ConfigureAwait(false);
                return;
            }
        }

        await next(context).ConfigureAwait(false);
    }

    private static X509Certificate2? TryRead(string value)
    {
        try
        {
            if (value.Length > MaximumLength)
            {
                return null;
            }

            return value is [':', .., ':']
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(value[1..^1]))
                : X509Certificate2.CreateFromPem(Uri.UnescapeDataString(value));
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException)
        {
            return null;
        }
    }

    private bool IsProxy(IPAddress? address) =>
        address is not null && (IPAddress.IsLoopback(address) || settings.Proxies.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}

/// <param name="Header">The header's name.</param>
/// <param name="Proxies">Whose header is believed, besides this machine's.</param>
internal sealed record ForwardedClientCertificateSettings(string Header, IReadOnlyCollection<IPAddress> Proxies);
