using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <summary>A repository that lives as long as the process: for tests, demonstrations and short-lived authorities.</summary>
internal sealed class InMemoryCertificateRepository : ICertificateRepository
{
    private readonly ConcurrentDictionary<(string IssuerId, string SerialNumber), CertificateRecord> _records = new();
    private readonly ConcurrentDictionary<string, bool> _compromisedKeys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _crlNumbers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<bool> TryRecordIntentAsync(IssuanceIntent intent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(intent);
        var record = new CertificateRecord(intent, CertificateState.Intended);
        return ValueTask.FromResult(_records.TryAdd((intent.IssuerId, intent.SerialNumber), record));
    }

    /// <inheritdoc/>
    public ValueTask RecordCertificateAsync(string issuerId, string serialNumber, ReadOnlyMemory<byte> certificate, DateTimeOffset issuedAt, CancellationToken cancellationToken = default)
    {
        Settle(issuerId, serialNumber, intent => intent with { Status = CertificateState.Issued, Certificate = certificate, IssuedAt = issuedAt });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RecordRefusalAsync(string issuerId, string serialNumber, string reason, CancellationToken cancellationToken = default)
    {
        Settle(issuerId, serialNumber, intent => intent with { Status = CertificateState.Refused, RefusalReason = reason });
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<CertificateRecord?> FindAsync(string issuerId, string serialNumber, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_records.GetValueOrDefault((issuerId, serialNumber)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<CertificateRecord> ListAsync(CertificateQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (CertificateRecord record in _records.Values.Where(record => Matches(record, query)).OrderBy(record => record.Intent.IntendedAt).ThenBy(record => record.SerialNumber, StringComparer.Ordinal).Take(query.Limit))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return record;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryChangeStatusAsync(string issuerId, string serialNumber, CertificateState expected, CertificateState status, CertificateRevocation? revocation, DateTimeOffset changedAt, CancellationToken cancellationToken = default)
    {
        if (!_records.TryGetValue((issuerId, serialNumber), out CertificateRecord? record) || record.Status != expected)
        {
            return ValueTask.FromResult(false);
        }

        CertificateRecord changed = record with { Status = status, Revocation = revocation, StatusChangedAt = changedAt };
        bool done = _records.TryUpdate((issuerId, serialNumber), changed, record);
        if (done && revocation?.Reason == RevocationReason.KeyCompromise)
        {
            _compromisedKeys[record.Intent.KeyHash] = true;
        }

        return ValueTask.FromResult(done);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RevokedCertificate> ListRevokedAsync(RevocationQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (((string issuerId, string serial), CertificateRecord record) in _records)
        {
            bool inScope = string.Equals(issuerId, query.IssuerId, StringComparison.Ordinal)
                && (query.Partition is null || query.Partition == record.Intent.Partition)
                && (query.ChangedSince is null || record.StatusChangedAt >= query.ChangedSince);
            if (!inScope)
            {
                continue;
            }

            if (record.Revocation is { } revocation)
            {
                yield return new RevokedCertificate(Convert.FromHexString(serial), revocation.RevokedAt, revocation.Reason, revocation.InvalidityDate);
            }
            else if (query.ChangedSince is not null)
            {
                yield return new RevokedCertificate(Convert.FromHexString(serial), record.StatusChangedAt!.Value, RevocationReason.RemoveFromCrl);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsKeyCompromisedAsync(string keyHash, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_compromisedKeys.ContainsKey(keyHash));

    /// <inheritdoc/>
    public ValueTask<long> TakeCrlNumberAsync(string issuerId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_crlNumbers.AddOrUpdate(issuerId, 1, (_, last) => last + 1));

    private static bool Matches(CertificateRecord record, CertificateQuery query) =>
        (query.IssuerId is null || string.Equals(record.IssuerId, query.IssuerId, StringComparison.Ordinal))
        && (query.Status is null || record.Status == query.Status)
        && (query.CreditCode is null || string.Equals(record.Intent.CreditCode, query.CreditCode, StringComparison.Ordinal))
        && (query.Pseudonym is null || string.Equals(record.Intent.Pseudonym, query.Pseudonym, StringComparison.Ordinal))
        && (query.NotAfterBefore is null || record.Intent.NotAfter < query.NotAfterBefore)
        && (query.NotAfterFrom is null || record.Intent.NotAfter >= query.NotAfterFrom)
        && (query.After is not { } place || IsAfter(record, place));

    private static bool IsAfter(CertificateRecord record, CertificateCursor place) =>
        record.Intent.IntendedAt > place.IntendedAt
        || (record.Intent.IntendedAt == place.IntendedAt && string.CompareOrdinal(record.SerialNumber, place.SerialNumber) > 0);

    private void Settle(string issuerId, string serialNumber, Func<CertificateRecord, CertificateRecord> change)
    {
        bool settled = _records.TryGetValue((issuerId, serialNumber), out CertificateRecord? intent)
            && intent.Status == CertificateState.Intended
            && _records.TryUpdate((issuerId, serialNumber), change(intent), intent);
        if (!settled)
        {
            throw new InvalidOperationException($"没有序列号为{serialNumber}的未决签发意向 / There is no open intent with serial number {serialNumber}");
        }
    }
}
