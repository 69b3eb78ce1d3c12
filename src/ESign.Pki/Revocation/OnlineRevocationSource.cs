using System.Net.Http.Headers;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>Fetches evidence from where the certificate points: its OCSP responders first, else its CRL distribution points.</summary>
/// <remarks>
/// RFC 6960 Appendix A.1 (POST), RFC 9654 (nonce), RFC 5280 §4.2.1.13 and §4.2.1.15 (CRL and delta CRL). Only http and https;
/// what is fetched is bounded in size and time. A server that fails gives no evidence; the validator then says so.
/// </remarks>
public sealed class OnlineRevocationSource : IRevocationSource
{
    /// <summary>The nonce's length: RFC 9654 §2.1 asks clients for 32 octets.</summary>
    private const int NonceLength = 32;

    /// <summary>The most addresses tried for one certificate and kind of evidence.</summary>
    private const int MaximumAddresses = 4;

    private readonly HttpClient _client;
    private readonly OnlineRevocationOptions _options;

    /// <summary>Makes a source.</summary>
    /// <param name="client">The client to fetch with; its redirects and proxies are the caller's affair.</param>
    /// <param name="options">Limits, or <see langword="null"/> for the defaults.</param>
    public OnlineRevocationSource(HttpClient client, OnlineRevocationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new OnlineRevocationOptions();
    }

    /// <inheritdoc/>
    public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(issuer);
        if (await AskRespondersAsync(certificate, issuer, instead: null, cancellationToken).ConfigureAwait(false) is { } response)
        {
            return new RevocationEvidence([], [response]);
        }

        var crls = new List<CertificateRevocationList>();
        foreach (Uri address in Addresses(certificate.CrlDistributionPoints).Concat(Addresses(certificate.FreshestCrl)))
        {
            if (await GetCrlAsync(address, cancellationToken).ConfigureAwait(false) is { } crl)
            {
                crls.Add(crl);
            }
        }

        return new RevocationEvidence(crls, []);
    }

    /// <summary>Asks the certificate's responders, or another one instead of them; the first useful answer.</summary>
    internal async ValueTask<OcspResponse?> AskRespondersAsync(Certificate certificate, Certificate issuer, Uri? instead, CancellationToken cancellationToken)
    {
        foreach (Uri responder in instead is null ? Responders(certificate) : [instead])
        {
            if (await AskAsync(responder, certificate, issuer, cancellationToken).ConfigureAwait(false) is { } response)
            {
                return response;
            }
        }

        return null;
    }

    private static IEnumerable<Uri> Responders(Certificate certificate) => HttpOnly((certificate.AuthorityInformationAccess ?? [])
        .Where(description => description.Method is AccessDescription.Ocsp && description.Location.Kind == GeneralNameKind.Uri)
        .Select(description => description.Location.Text));

    private static IEnumerable<Uri> Addresses(IReadOnlyList<DistributionPoint>? points) => HttpOnly((points ?? [])
        .SelectMany(point => point.Name?.FullName ?? [])
        .Where(name => name.Kind == GeneralNameKind.Uri)
        .Select(name => name.Text));

    private static IEnumerable<Uri> HttpOnly(IEnumerable<string> addresses) => addresses
        .Select(address => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri : null)
        .OfType<Uri>()
        .Where(uri => uri.Scheme is "http" or "https")
        .Distinct()
        .Take(MaximumAddresses);

    private async Task<OcspResponse?> AskAsync(Uri responder, Certificate certificate, Certificate issuer, CancellationToken cancellationToken)
    {
        byte[] nonce = _options.UseNonce ? RandomNumberGenerator.GetBytes(NonceLength) : [];
        OcspRequest request = OcspRequest.Create(certificate, issuer, nonce);
        using var message = new HttpRequestMessage(HttpMethod.Post, responder) { Content = new ReadOnlyMemoryContent(request.RawData) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        byte[]? content = await FetchAsync(message, OcspResponse.MaximumSize, cancellationToken).ConfigureAwait(false);
        return content is not null
            && OcspResponse.TryDecode(content, out OcspResponse? response)
            && response.Status == OcspResponseStatus.Successful
            && NonceMatches(response, nonce)
            ? response
            : null;
    }

    // RFC 6960 §4.4.1: responders may answer from a cache and leave the nonce out; another nonce is another's answer.
    private static bool NonceMatches(OcspResponse response, byte[] nonce)
    {
        try
        {
            return response.Nonce is not { } echoed || echoed.Span.SequenceEqual(nonce);
        }
        catch (Asn1FormatException)
        {
            return false;
        }
    }

    private async Task<CertificateRevocationList?> GetCrlAsync(Uri address, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        byte[]? content = await FetchAsync(message, _options.MaximumCrlSize, cancellationToken).ConfigureAwait(false);
        try
        {
            return content is null ? null : CertificateRevocationList.LoadMany(content)[0];
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }

    private async Task<byte[]?> FetchAsync(HttpRequestMessage message, int maximumSize, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.Timeout);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > maximumSize)
            {
                return null;
            }

            Stream stream = await response.Content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                return await ReadBoundedAsync(stream, maximumSize, timeout.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static async Task<byte[]?> ReadBoundedAsync(Stream stream, int maximumSize, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (content.Length + read > maximumSize)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
