using System.Buffers.Binary;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;

namespace ESign.Benchmarks;

/// <summary>A store that knows nothing but revoked certificates, so that a CRL's cost is the CRL's.</summary>
internal sealed class RevokedOnly(int count) : ICertificateRepository
{
    private readonly InMemoryCertificateRepository _rest = new();
    private readonly RevokedCertificate[] _revoked = [.. Enumerable.Range(1, count).Select(Entry)];

    public ValueTask<bool> TryRecordIntentAsync(IssuanceIntent intent, CancellationToken cancellationToken = default) =>
        _rest.TryRecordIntentAsync(intent, cancellationToken);

    public ValueTask RecordCertificateAsync(string issuerId, string serialNumber, ReadOnlyMemory<byte> certificate, DateTimeOffset issuedAt, CancellationToken cancellationToken = default) =>
        _rest.RecordCertificateAsync(issuerId, serialNumber, certificate, issuedAt, cancellationToken);

    public ValueTask RecordRefusalAsync(string issuerId, string serialNumber, string reason, CancellationToken cancellationToken = default) =>
        _rest.RecordRefusalAsync(issuerId, serialNumber, reason, cancellationToken);

    public ValueTask<CertificateRecord?> FindAsync(string issuerId, string serialNumber, CancellationToken cancellationToken = default) =>
        _rest.FindAsync(issuerId, serialNumber, cancellationToken);

    public IAsyncEnumerable<CertificateRecord> ListAsync(CertificateQuery query, CancellationToken cancellationToken = default) =>
        _rest.ListAsync(query, cancellationToken);

    public ValueTask<bool> TryChangeStatusAsync(string issuerId, string serialNumber, CertificateState expected, CertificateState status, CertificateRevocation? revocation, DateTimeOffset changedAt, CancellationToken cancellationToken = default) =>
        _rest.TryChangeStatusAsync(issuerId, serialNumber, expected, status, revocation, changedAt, cancellationToken);

    public async IAsyncEnumerable<RevokedCertificate> ListRevokedAsync(RevocationQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (RevokedCertificate each in _revoked)
        {
            yield return each;
        }
    }

    public ValueTask<bool> IsKeyCompromisedAsync(string keyHash, CancellationToken cancellationToken = default) =>
        _rest.IsKeyCompromisedAsync(keyHash, cancellationToken);

    public ValueTask<long> TakeCrlNumberAsync(string issuerId, CancellationToken cancellationToken = default) =>
        _rest.TakeCrlNumberAsync(issuerId, cancellationToken);

    private static RevokedCertificate Entry(int number)
    {
        byte[] serial = new byte[16];
        serial[0] = 0x5A;
        BinaryPrimitives.WriteInt32BigEndian(serial.AsSpan(12), number);
        return new RevokedCertificate(serial, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(number), RevocationReason.KeyCompromise);
    }
}
