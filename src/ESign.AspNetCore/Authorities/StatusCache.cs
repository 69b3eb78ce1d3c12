using System.Collections.Concurrent;
using ESign.Pki.Issuance;

namespace ESign.AspNetCore.Authorities;

/// <summary>What an OCSP responder reads statuses through: a repository whose answers hold for some seconds.</summary>
/// <remarks>
/// A change made on this server shows at once (<see cref="Forget"/>), one made on another server after the shelf life.
/// Serial numbers nobody issued are not kept: they may be issued the next moment. Everything but <see cref="FindAsync"/> goes through.
/// </remarks>
internal sealed class StatusCache(ICertificateRepository repository, TimeProvider time, TimeSpan shelfLife) : ICertificateRepository
{
    /// <summary>A record is some 3 KB.</summary>
    private const int MaximumEntries = 20_000;

    private readonly ConcurrentDictionary<(string Issuer, string Serial), Entry> _entries = new();
    private int _generation;

    /// <summary>Makes the next reader ask the repository; what is being read just now is not kept.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _entries.Clear();
    }

    public async ValueTask<CertificateRecord?> FindAsync(string issuerId, string serialNumber, CancellationToken cancellationToken = default)
    {
        if (_entries.TryGetValue((issuerId, serialNumber), out Entry? entry) && entry.Generation == Volatile.Read(ref _generation) && time.GetElapsedTime(entry.ReadAt) < shelfLife)
        {
            return entry.Record;
        }

        // Before reading: a change that comes while we read must not be outlived.
        int generation = Volatile.Read(ref _generation);
        long readAt = time.GetTimestamp();
        CertificateRecord? record = await repository.FindAsync(issuerId, serialNumber, cancellationToken).ConfigureAwait(false);
        if (record is not null)
        {
            if (_entries.Count >= MaximumEntries)
            {
                _entries.Clear();
            }

            _entries[(issuerId, serialNumber)] = new Entry(record, readAt, generation);
        }

        return record;
    }

    public ValueTask<bool> TryRecordIntentAsync(IssuanceIntent intent, CancellationToken cancellationToken = default) =>
        repository.TryRecordIntentAsync(intent, cancellationToken);

    public ValueTask RecordCertificateAsync(string issuerId, string serialNumber, ReadOnlyMemory<byte> certificate, DateTimeOffset issuedAt, CancellationToken cancellationToken = default) =>
        repository.RecordCertificateAsync(issuerId, serialNumber, certificate, issuedAt, cancellationToken);

    public ValueTask RecordRefusalAsync(string issuerId, string serialNumber, string reason, CancellationToken cancellationToken = default) =>
        repository.RecordRefusalAsync(issuerId, serialNumber, reason, cancellationToken);

    public IAsyncEnumerable<CertificateRecord> ListAsync(CertificateQuery query, CancellationToken cancellationToken = default) =>
        repository.ListAsync(query, cancellationToken);

    public ValueTask<bool> TryChangeStatusAsync(
        string issuerId, string serialNumber, CertificateState expected, CertificateState status, CertificateRevocation? revocation, DateTimeOffset changedAt, CancellationToken cancellationToken = default) =>
        repository.TryChangeStatusAsync(issuerId, serialNumber, expected, status, revocation, changedAt, cancellationToken);

    public IAsyncEnumerable<RevokedCertificate> ListRevokedAsync(RevocationQuery query, CancellationToken cancellationToken = default) =>
        repository.ListRevokedAsync(query, cancellationToken);

    public ValueTask<bool> IsKeyCompromisedAsync(string keyHash, CancellationToken cancellationToken = default) =>
        repository.IsKeyCompromisedAsync(keyHash, cancellationToken);

    public ValueTask<long> TakeCrlNumberAsync(string issuerId, CancellationToken cancellationToken = default) =>
        repository.TakeCrlNumberAsync(issuerId, cancellationToken);

    private sealed record Entry(CertificateRecord Record, long ReadAt, int Generation);
}
