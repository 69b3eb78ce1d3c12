using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>Fetches evidence from where the certificate points: its OCSP responders first, else its CRL distribution points.</summary>
/// <remarks>
/// RFC 6960 Appendix A.1 (POST), RFC 9654 (nonce), RFC 5280 §4.2.1.13, §4.2.1.15 and §5.2.6 (CRL and delta CRL), §4.2.2.1 (issuers,
/// where <see cref="OnlineRevocationOptions.FetchesIssuers"/> asks for them). Only http and https;
/// what is fetched is bounded in size and time. A server that fails gives no evidence; the validator then says so.
/// </remarks>
public sealed class OnlineRevocationSource : IRevocationSource, IIssuerSource
{
    /// <summary>The nonce's length: RFC 9654 §2.1 asks clients for 32 octets.</summary>
    private const int NonceLength = 32;

    /// <summary>The most addresses tried for one certificate and kind of evidence.</summary>
    private const int MaximumAddresses = 4;

    /// <summary>The largest answer of a caIssuers address: a certificate has a few kilobytes, a PKCS#7 a few of those.</summary>
    private const int MaximumIssuersSize = 256 << 10;

    /// <summary>The most certificates taken from one such answer.</summary>
    private const int MaximumIssuers = 16;

    /// <summary>The most caIssuers addresses whose answers are remembered.</summary>
    private const int MaximumRemembered = 64;

    private readonly BoundedFetch _fetch;
    private readonly ConcurrentDictionary<Uri, IReadOnlyList<Certificate>> _issuers = new();
    private readonly OnlineRevocationOptions _options;

    /// <summary>Makes a source.</summary>
    /// <param name="client">The client to fetch with; its redirects and proxies are the caller's affair.</param>
    /// <param name="options">Limits, or <see langword="null"/> for the defaults.</param>
    public OnlineRevocationSource(HttpClient client, OnlineRevocationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        _options = options ?? new OnlineRevocationOptions();
        _fetch = new BoundedFetch(client, _options.Timeout);
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
        await AddAsync(crls, Addresses(certificate.CrlDistributionPoints), cancellationToken).ConfigureAwait(false);

        // §4.2.1.15 and §5.2.6: the certificate or its complete list say where the changes since are.
        Uri[] changes = [.. Addresses([.. certificate.FreshestCrl ?? [], .. crls.SelectMany(static crl => crl.FreshestCrl)])];
        await AddAsync(crls, changes, cancellationToken).ConfigureAwait(false);
        return new RevocationEvidence(crls, []);
    }

    /// <inheritdoc/>
    async ValueTask<IReadOnlyList<Certificate>> IIssuerSource.FindIssuersAsync(Certificate certificate, CancellationToken cancellationToken)
    {
        var found = new List<Certificate>();
        foreach (Uri address in _options.FetchesIssuers ? IssuerAddresses(certificate) : [])
        {
            found.AddRange(await GetIssuersAsync(address, cancellationToken).ConfigureAwait(false));
        }

        return found;
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

    private IEnumerable<Uri> Responders(Certificate certificate) => Locations(certificate, AccessDescription.Ocsp);

    private IEnumerable<Uri> Locations(Certificate certificate, string method) => Permitted(
        (certificate.AuthorityInformationAccess ?? []).Where(description => description.Method == method).Select(description => description.Location));

    private IEnumerable<Uri> Addresses(IReadOnlyList<DistributionPoint>? points) => Permitted((points ?? []).SelectMany(point => point.Name?.FullName ?? []));

    private IEnumerable<Uri> Permitted(IEnumerable<GeneralName> names) => BoundedFetch
        .HttpOnly(names.Where(name => name.Kind == GeneralNameKind.Uri).Select(name => name.Text), MaximumAddresses)
        .Where(address => _options.Permits?.Invoke(address) != false);

    // A malformed extension fails the path where it is judged; here it only points nowhere.
    private Uri[] IssuerAddresses(Certificate certificate)
    {
        try
        {
            return [.. Locations(certificate, AccessDescription.CertificateIssuers)];
        }
        catch (Asn1FormatException)
        {
            return [];
        }
    }

    // RFC 5280 §4.2.2.1: one DER certificate, or a "certs-only" CMS message (.p7c).
    private async Task<IReadOnlyList<Certificate>> GetIssuersAsync(Uri address, CancellationToken cancellationToken)
    {
        if (_issuers.TryGetValue(address, out IReadOnlyList<Certificate>? known))
        {
            return known;
        }

        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        byte[]? content = await _fetch.SendAsync(message, MaximumIssuersSize, cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<Certificate> issuers = content is null ? [] : [.. Certificate.LoadMany(content).Take(MaximumIssuers)];
            if (issuers.Count > 0 && _issuers.Count < MaximumRemembered)
            {
                _issuers[address] = issuers;
            }

            return issuers;
        }
        catch (Asn1FormatException)
        {
            return [];
        }
    }

    private async Task<OcspResponse?> AskAsync(Uri responder, Certificate certificate, Certificate issuer, CancellationToken cancellationToken)
    {
        byte[] nonce = _options.UseNonce ? RandomNumberGenerator.GetBytes(NonceLength) : [];
        OcspRequest request = OcspRequest.Create(certificate, issuer, nonce);
        using var message = new HttpRequestMessage(HttpMethod.Post, responder) { Content = new ReadOnlyMemoryContent(request.RawData) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
        byte[]? content = await _fetch.SendAsync(message, OcspResponse.MaximumSize, cancellationToken).ConfigureAwait(false);
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

    private async Task AddAsync(List<CertificateRevocationList> crls, IEnumerable<Uri> addresses, CancellationToken cancellationToken)
    {
        foreach (Uri address in addresses)
        {
            if (await GetCrlAsync(address, cancellationToken).ConfigureAwait(false) is { } crl)
            {
                crls.Add(crl);
            }
        }
    }

    private async Task<CertificateRevocationList?> GetCrlAsync(Uri address, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        byte[]? content = await _fetch.SendAsync(message, _options.MaximumCrlSize, cancellationToken).ConfigureAwait(false);
        try
        {
            return content is null ? null : CertificateRevocationList.LoadMany(content)[0];
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }
}
