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
    /// <summary>Ready answers take some 1.5 KB each.</summary>
    private const int MaximumAnswers = 10_000;

    private readonly CertificateAuthoritySettings _settings;
    private readonly CrlShelf _crls;
    private readonly StatusCache _statuses;
    private readonly CertificateAuthority _forStatus;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly ConcurrentDictionary<string, (ReadyAnswer Answer, long MadeAt, int Generation)> _answers = new(StringComparer.Ordinal);
    private int _generation;
    private volatile Responder? _responder;
    private LocalSigningKey? _responderKey;

    public HostedIssuer(string name, CertificateAuthority authority, CertificateAuthoritySettings settings)
    {
        Name = name;
        Authority = authority;
        _settings = settings;
        _crls = new CrlShelf(authority, settings);
        _statuses = new StatusCache(authority.Repository, Time, settings.OcspStatusCache);
        _forStatus = new CertificateAuthority(new SigningCredential(authority.Certificate, authority.Issuers, authority.Key), authority.Options with { Repository = _statuses });
    }

    public string Name { get; }

    public CertificateAuthority Authority { get; }

    /// <summary>Its certificate, then those above it.</summary>
    public IReadOnlyList<Certificate> Chain => [Authority.Certificate, .. Authority.Issuers];

    /// <summary>Called for every responder certificate issued, so that it is recorded like any other.</summary>
    public Func<HostedIssuer, IssuedCertificate, Task>? ResponderIssued { get; set; }

    private TimeProvider Time => Authority.Options.TimeProvider;

    /// <summary>The CRL to serve: the last one published here, unless it is due.</summary>
    /// <param name="partition">The partition, or <see langword="null"/> for the CRL of all.</param>
    /// <param name="isDelta">Whether only what changed is wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public ValueTask<PublishedCrl> GetCrlAsync(int? partition, bool isDelta, CancellationToken cancellationToken) => _crls.GetAsync(partition, isDelta, cancellationToken);

    /// <summary>What is recorded under a serial number, in upper or lower case and with colons or without; <see langword="null"/> when nobody issued it.</summary>
    public ValueTask<CertificateRecord?> FindRecordAsync(string serialNumber, CancellationToken cancellationToken) =>
        Authority.Repository.FindAsync(Authority.Id, serialNumber.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant(), cancellationToken);

    /// <summary>Makes the next reader get new CRLs and statuses: something was revoked or released.</summary>
    public void ForgetStatuses()
    {
        Interlocked.Increment(ref _generation);
        _crls.Clear();
        _statuses.Forget();
        _answers.Clear();
    }

    /// <summary>Changes whenever a status does.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <summary>An OCSP answer made ready for the same path, while statuses may be repeated.</summary>
    public ReadyAnswer? FindAnswer(string path) =>
        _answers.TryGetValue(path, out (ReadyAnswer Answer, long MadeAt, int Generation) found) && found.Generation == Generation && Time.GetElapsedTime(found.MadeAt) < _settings.OcspStatusCache ? found.Answer : null;

    /// <param name="path">The path it answers.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="askedAt">When the status was read, before which nothing may have changed.</param>
    /// <param name="generation">What <see cref="Generation"/> was then.</param>
    public void KeepAnswer(string path, ReadyAnswer answer, long askedAt, int generation)
    {
        if (_answers.Count >= MaximumAnswers)
        {
            _answers.Clear();
        }

        _answers[path] = (answer, askedAt, generation);
    }

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
        _crls.Dispose();
        _renewing.Dispose();
    }

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
            await recorded(this, issued).ConfigureAwait(false);
        }

        Certificate certificate = issued.Certificate;
        var service = new OcspResponder(_forStatus, issued.WithKey(_responderKey), new OcspResponderOptions { Validity = _settings.OcspValidity });
        return new Responder(service, certificate.NotBefore + ((certificate.NotAfter - certificate.NotBefore) * 2 / 3));
    }

    private sealed record Responder(OcspResponder Service, DateTimeOffset RenewAt);
}
