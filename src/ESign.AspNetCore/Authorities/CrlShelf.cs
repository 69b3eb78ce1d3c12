using System.Collections.Concurrent;
using ESign.Pki.Issuance;

namespace ESign.AspNetCore.Authorities;

/// <summary>The CRLs one issuer has published and serves: the complete one, its partitions, and their deltas.</summary>
/// <remarks>
/// RFC 5280 §5.2.4: a delta serves whoever holds a complete CRL numbered as its base or higher. Its base is therefore not the
/// newest complete CRL but the oldest of the last half of a CRL's life, so that holders of older ones are served too.
/// </remarks>
internal sealed class CrlShelf(CertificateAuthority authority, CertificateAuthoritySettings settings) : IDisposable
{
    private readonly CrlPublisher _publisher = new(authority, new CrlPublisherOptions { Validity = settings.CrlValidity });
    private readonly SemaphoreSlim _publishing = new(1, 1);
    private readonly ConcurrentDictionary<(int? Partition, bool IsDelta), PublishedCrl> _current = new();
    private readonly ConcurrentDictionary<int, PublishedCrl> _bases = new();

    /// <summary>The CRL to serve: the last one published here, unless it is due.</summary>
    /// <param name="partition">The partition, or <see langword="null"/> for the CRL of all.</param>
    /// <param name="isDelta">Whether only what changed is wanted.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async ValueTask<PublishedCrl> GetAsync(int? partition, bool isDelta, CancellationToken cancellationToken)
    {
        if (_current.TryGetValue((partition, isDelta), out PublishedCrl? crl) && !IsDue(crl))
        {
            return crl;
        }

        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _current.TryGetValue((partition, isDelta), out crl) && !IsDue(crl)
                ? crl
                : await PublishAsync(partition, isDelta, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>Makes the next reader get new ones: something was revoked or released.</summary>
    public void Clear() => _current.Clear();

    public void Dispose() => _publishing.Dispose();

    private bool IsDue(PublishedCrl crl) => Now >= crl.ThisUpdate + settings.CrlRefresh;

    private DateTimeOffset Now => authority.Options.TimeProvider.GetUtcNow();

    private async ValueTask<PublishedCrl> PublishAsync(int? partition, bool isDelta, CancellationToken cancellationToken)
    {
        int key = partition ?? -1;
        bool hasBase = _bases.TryGetValue(key, out PublishedCrl? deltaBase) && Now < deltaBase.ThisUpdate + (settings.CrlValidity / 2);
        if (isDelta && hasBase)
        {
            return _current[(partition, true)] = await _publisher.PublishDeltaAsync(deltaBase!, partition, cancellationToken).ConfigureAwait(false);
        }

        PublishedCrl complete = partition is { } part
            ? await _publisher.PublishPartitionAsync(part, cancellationToken).ConfigureAwait(false)
            : await _publisher.PublishAsync(cancellationToken).ConfigureAwait(false);
        _current[(partition, false)] = complete;
        if (!hasBase)
        {
            _bases[key] = complete;
        }

        return isDelta
            ? _current[(partition, true)] = await _publisher.PublishDeltaAsync(_bases[key], partition, cancellationToken).ConfigureAwait(false)
            : complete;
    }
}
