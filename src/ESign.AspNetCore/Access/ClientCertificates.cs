using System.Security.Cryptography.X509Certificates;
using ESign.AspNetCore.Authorities;
using ESign.AspNetCore.Operations;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using Microsoft.AspNetCore.Http;

namespace ESign.AspNetCore.Access;

/// <summary>TLS client certificates: of those issued here, and in force.</summary>
/// <remarks>
/// The handshake proves the key; the repository proves the rest: a certificate is believed when it is, octet for octet, the one recorded as
/// issued under its serial number and not revoked since. No path is built, and nobody else's certificates are looked at.
/// </remarks>
internal sealed class ClientCertificates(IssuerDirectory issuers, TimeProvider time)
{
    /// <summary>Finds the certificate a request came with.</summary>
    /// <returns>The certificate; <see langword="null"/> when the request came without one.</returns>
    /// <exception cref="RequestRefusedException">It was not issued here or is not in force (401).</exception>
    public async ValueTask<ClientCertificate?> FindAsync(HttpContext context)
    {
        X509Certificate2? given = await context.Connection.GetClientCertificateAsync(context.RequestAborted).ConfigureAwait(false);
        return given is null ? null : await CheckAsync(given.RawDataMemory, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Checks that a certificate was issued here and is in force.</summary>
    /// <exception cref="RequestRefusedException">It is not (401).</exception>
    public async ValueTask<ClientCertificate> CheckAsync(ReadOnlyMemory<byte> encoded, CancellationToken cancellationToken)
    {
        Certificate certificate;
        try
        {
            certificate = Certificate.Decode(encoded);
        }
        catch (Asn1FormatException)
        {
            throw Refuse();
        }

        DateTimeOffset now = time.GetUtcNow();
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            throw Refuse();
        }

        return await issuers.FindIssuedAsync(certificate, cancellationToken).ConfigureAwait(false) is { Record.Status: CertificateState.Issued } found
            ? new ClientCertificate(found.Issuer, certificate)
            : throw Refuse();
    }

    private static RequestRefusedException Refuse() =>
        new(StatusCodes.Status401Unauthorized, "client-certificate", "客户端证书不是由本服务签发，或不在有效状态 / The client certificate was not issued here, or is not in force");
}

/// <summary>A certificate issued here and in force, whose holder calls.</summary>
internal sealed record ClientCertificate(HostedIssuer Issuer, Certificate Certificate)
{
    /// <summary>The id of the token that says what the certificate allows, or for whom it enrols.</summary>
    public string TokenId(bool forEnrolment) => (forEnrolment ? "x509e-" : "x509-") + Convert.ToHexStringLower(Certificate.Sha256Fingerprint.Span[..16]);
}
