namespace ESign.Pki.Issuance;

/// <summary>Where an authority keeps what it issued. Safe under concurrent callers; an answer means the change is durable.</summary>
/// <remarks>
/// Made by <c>ESign.Storage</c> for SQLite and PostgreSQL; the default lives in memory. Closed: an authority's promises (no serial number
/// twice, nothing lost that was acknowledged) rest on how each statement is committed, and are tested for these stores.
/// </remarks>
public interface ICertificateRepository
{
    /// <summary>Records an intent; the serial number is taken from then on.</summary>
    /// <param name="intent">The intent.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when the issuer used the serial number before: nothing was recorded.</returns>
    internal ValueTask<bool> TryRecordIntentAsync(IssuanceIntent intent, CancellationToken cancellationToken = default);

    /// <summary>Records the certificate that an intent led to.</summary>
    /// <param name="issuerId">The issuer.</param>
    /// <param name="serialNumber">The serial number of a recorded intent.</param>
    /// <param name="certificate">The certificate as DER.</param>
    /// <param name="issuedAt">When it was signed.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">There is no such intent, or it was settled already.</exception>
    internal ValueTask RecordCertificateAsync(string issuerId, string serialNumber, ReadOnlyMemory<byte> certificate, DateTimeOffset issuedAt, CancellationToken cancellationToken = default);

    /// <summary>Records that an intent was refused.</summary>
    /// <param name="issuerId">The issuer.</param>
    /// <param name="serialNumber">The serial number of a recorded intent.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">There is no such intent, or it was settled already.</exception>
    internal ValueTask RecordRefusalAsync(string issuerId, string serialNumber, string reason, CancellationToken cancellationToken = default);

    /// <summary>Finds one record.</summary>
    /// <param name="issuerId">The issuer.</param>
    /// <param name="serialNumber">The serial number, lower-case hexadecimal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The record, or <see langword="null"/> when the issuer never used the serial number.</returns>
    ValueTask<CertificateRecord?> FindAsync(string issuerId, string serialNumber, CancellationToken cancellationToken = default);

    /// <summary>Lists records, oldest intent first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The records.</returns>
    IAsyncEnumerable<CertificateRecord> ListAsync(CertificateQuery query, CancellationToken cancellationToken = default);

    /// <summary>Changes a certificate's status if it still is what the caller saw.</summary>
    /// <param name="issuerId">The issuer.</param>
    /// <param name="serialNumber">The serial number.</param>
    /// <param name="expected">The status the caller saw.</param>
    /// <param name="status">The new status: issued (release), on hold or revoked.</param>
    /// <param name="revocation">The revocation; <see langword="null"/> for a release.</param>
    /// <param name="changedAt">When the authority decided.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False when somebody else changed it meanwhile, or there is no such certificate.</returns>
    internal ValueTask<bool> TryChangeStatusAsync(string issuerId, string serialNumber, CertificateState expected, CertificateState status, CertificateRevocation? revocation, DateTimeOffset changedAt, CancellationToken cancellationToken = default);

    /// <summary>Lists what goes on a CRL, in no particular order.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The entries.</returns>
    internal IAsyncEnumerable<RevokedCertificate> ListRevokedAsync(RevocationQuery query, CancellationToken cancellationToken = default);

    /// <summary>Whether a key was revoked as compromised under any issuer: it must never be certified again.</summary>
    /// <param name="keyHash">SHA-256 of the <c>SubjectPublicKeyInfo</c>, lower-case hexadecimal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether it was.</returns>
    internal ValueTask<bool> IsKeyCompromisedAsync(string keyHash, CancellationToken cancellationToken = default);

    /// <summary>Takes the issuer's next CRL number; never the same twice (RFC 5280 §5.2.3: monotonic).</summary>
    /// <param name="issuerId">The issuer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>1, 2, 3, …</returns>
    internal ValueTask<long> TakeCrlNumberAsync(string issuerId, CancellationToken cancellationToken = default);
}
