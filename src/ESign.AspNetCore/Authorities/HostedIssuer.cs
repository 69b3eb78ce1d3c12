using System.Collections.Concurrent;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;

namespace ESign.AspNetCore.Authorities;

/// <summary>One issuer as the service runs it: it issues, publishes its CRLs and has its OCSP responder.</summary>
/// <remarks>The responder's key lives in this process only; its certificate is renewed after two thirds of its life.</remarks>
internal sealed class HostedIssuer : IDisposable
{
    private readonly CertificateAuthoritySettings _settings;
    private readonly CrlPublisher _publisher;
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly ConcurrentDictionary<int, PublishedCrl> _crls = new();
    private volatile Responder? _responder;
    private LocalSigningKey? _responderKey;

    public HostedIssuer(string name, CertificateAuthority authority, CertificateAuthoritySettings settings)
    {
        Name = name;
        Authority = authority;
        _settings = settings;
        _publisher = new CrlPublisher(authority, new CrlPublisherOptions { Validity = settings.CrlValidity });
    }

    public string Name { get; }

    public CertificateAuthority Authority { get; }

    /// <summary>Called for every responder certificate issued, so that it is recorded like any other.</summary>
    public Func<HostedIssuer, IssuedCertificate, CancellationToken, ValueTask>? ResponderIssued { get; set; }

    private TimeProvider Time => Authority.Options.TimeProvider;

    /// <summary>The CRL to serve: the last one published here, unless it is due.</summary>
    /// <param name="partition">The partition, or <see langword="null"/> for the CRL of all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<PublishedCrl> GetCrlAsync(int? partition, CancellationToken cancellationToken)
    {
        int key = partition ?? -1;
        if (_crls.TryGetValue(key, out PublishedCrl? crl) && !IsDue(crl))
        {
            return crl;
        }

        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_crls.TryGetValue(key, out crl) && !IsDue(crl))
            {
                return crl;
            }

            crl = partition is { } part
                ? await _publisher.PublishPartitionAsync(part, cancellationToken).ConfigureAwait(false)
                : await _publisher.PublishAsync(cancellationToken).ConfigureAwait(false);
            return _crls[key] = crl;
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Makes the next reader get a new CRL: something was revoked or released.</summary>
    public void InvalidateCrls() => _crls.Clear();

    public async ValueTask<OcspResponder> GetResponderAsync(CancellationToken cancellationToken)
    {
        if (_responder is { } current && Time.GetUtcNow() < current.RenewAt)
        {
            return current.Service;
        }

        await _renewing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_responder is { } renewed && Time.GetUtcNow() < renewed.RenewAt)
            {
                return renewed.Service;
            }

            Responder responder = await CreateResponderAsync(cancellationToken).ConfigureAwait(false);
            _responder = responder;
            return responder.Service;
        }
        finally
        {
            _renewing.Release();
        }
    }

    public void Dispose()
    {
        (Authority.Key as IDisposable)?.Dispose();
        _responderKey?.Dispose();
        _publishing.Dispose();
        _renewing.Dispose();
    }

    private bool IsDue(PublishedCrl crl) => Time.GetUtcNow() >= crl.ThisUpdate + _settings.CrlRefresh;

    private async ValueTask<Responder> CreateResponderAsync(CancellationToken cancellationToken)
    {
        // An SM2 issuer is asked by SM2 clients; all others know P-256.
        _responderKey ??= LocalSigningKey.Create(Authority.Key.Algorithm.Scheme == SignatureScheme.Sm2 ? SignatureAlgorithm.Sm2Sm3 : SignatureAlgorithm.EcdsaP256Sha256);
        var request = new IssuanceRequest
        {
            Subject = CertificateSubject.Service($"OCSP {Name}"),
            SubjectPublicKeyInfo = _responderKey.SubjectPublicKeyInfo,
        };
        IssuedCertificate issued = await Authority.IssueAsync(CertificateProfile.OcspResponder, request, cancellationToken).ConfigureAwait(false);
        if (ResponderIssued is { } recorded)
        {
            await recorded(this, issued, cancellationToken).ConfigureAwait(false);
        }

        Certificate certificate = issued.Certificate;
        var service = new OcspResponder(Authority, issued.WithKey(_responderKey), new OcspResponderOptions { Validity = _settings.OcspValidity });
        return new Responder(service, certificate.NotBefore + ((certificate.NotAfter - certificate.NotBefore) * 2 / 3));
    }

    private sealed record Responder(OcspResponder Service, DateTimeOffset RenewAt);
}
