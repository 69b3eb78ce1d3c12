using ESign.Pki.Names;
using ESign.Pki.Revocation;

namespace ESign.Pki.Issuance;

/// <content>Revocation, hold and release.</content>
public sealed partial class CertificateAuthority
{
    /// <summary>Revokes a certificate, or puts it on hold (<see cref="RevocationReason.CertificateHold"/>).</summary>
    /// <param name="serialNumber">Its serial number in hexadecimal.</param>
    /// <param name="reason">Why; not <see cref="RevocationReason.RemoveFromCrl"/> – that is <see cref="ReleaseAsync"/>.</param>
    /// <param name="invalidityDate">Since when the key is believed to have been in other hands, if known; not in the future.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What happened.</returns>
    /// <exception cref="ArgumentException">The reason or the date make no sense.</exception>
    public async ValueTask<RevocationOutcome> RevokeAsync(string serialNumber, RevocationReason reason, DateTimeOffset? invalidityDate = null, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = Options.TimeProvider.GetUtcNow();
        if (reason == RevocationReason.RemoveFromCrl || !Enum.IsDefined(reason))
        {
            throw new ArgumentException("removeFromCRL不是吊销原因 / removeFromCRL is no reason to revoke (RFC 5280 §5.3.1)", nameof(reason));
        }

        if (invalidityDate > now)
        {
            throw new ArgumentException("失效日期不能晚于当前时间 / The invalidity date lies in the future", nameof(invalidityDate));
        }

        var revocation = new CertificateRevocation(now, reason, invalidityDate);
        CertificateState target = reason == RevocationReason.CertificateHold ? CertificateState.OnHold : CertificateState.Revoked;
        string serial = NormalizeSerialNumber(serialNumber);
        while (true)
        {
            CertificateRecord? record = await Repository.FindAsync(Id, serial, cancellationToken).ConfigureAwait(false);
            switch (record?.Status)
            {
                case null or CertificateState.Refused:
                    return RevocationOutcome.UnknownCertificate;
                case CertificateState.Revoked:
                case CertificateState.OnHold when target == CertificateState.OnHold:
                    return RevocationOutcome.AlreadyRevoked;
            }

            // An intent may have been signed just before a crash: it can be revoked like a certificate.
            if (await Repository.TryChangeStatusAsync(Id, serial, record.Status, target, revocation, now, cancellationToken).ConfigureAwait(false))
            {
                return RevocationOutcome.Done;
            }
        }
    }

    /// <summary>Releases a certificate from hold.</summary>
    /// <param name="serialNumber">Its serial number in hexadecimal.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What happened.</returns>
    public async ValueTask<RevocationOutcome> ReleaseAsync(string serialNumber, CancellationToken cancellationToken = default)
    {
        string serial = NormalizeSerialNumber(serialNumber);
        CertificateRecord? record = await Repository.FindAsync(Id, serial, cancellationToken).ConfigureAwait(false);
        if (record is null)
        {
            return RevocationOutcome.UnknownCertificate;
        }

        CertificateState released = record.Certificate.IsEmpty ? CertificateState.Intended : CertificateState.Issued;
        bool done = await Repository.TryChangeStatusAsync(Id, serial, CertificateState.OnHold, released, revocation: null, Options.TimeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return done ? RevocationOutcome.Done : RevocationOutcome.NotOnHold;
    }

    /// <summary>
    /// Revokes every certificate of an identity that ended: a dissolved organisation, a changed name, an employee who left
    /// (organisation and person both given).
    /// </summary>
    /// <param name="code">The organisation, or <see langword="null"/>.</param>
    /// <param name="person">The person, or <see langword="null"/>.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many certificates were revoked.</returns>
    /// <exception cref="ArgumentException">Neither organisation nor person is given.</exception>
    public async ValueTask<int> RevokeIdentityAsync(UnifiedSocialCreditCode? code, IdentityDocument? person, RevocationReason reason, CancellationToken cancellationToken = default)
    {
        if (code is null && person is null)
        {
            throw new ArgumentException("应指定企业或个人 / Name an organisation, a person, or both");
        }

        var query = new CertificateQuery
        {
            IssuerId = Id,
            CreditCode = code?.Value,
            Pseudonym = person is null ? null : Options.Pseudonyms.Compute(person),
        };
        var serials = new List<string>();
        await foreach (CertificateRecord record in Repository.ListAsync(query, cancellationToken).ConfigureAwait(false))
        {
            serials.Add(record.SerialNumber);
        }

        int revoked = 0;
        foreach (string serial in serials)
        {
            revoked += await RevokeAsync(serial, reason, invalidityDate: null, cancellationToken).ConfigureAwait(false) == RevocationOutcome.Done ? 1 : 0;
        }

        return revoked;
    }

    /// <summary>Lower case, neither colons nor spaces: as repositories keep serial numbers.</summary>
    internal static string NormalizeSerialNumber(string serialNumber)
    {
        ArgumentNullException.ThrowIfNull(serialNumber);
        string hex = serialNumber.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (hex.Length == 0 || hex.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            throw new ArgumentException($"序列号应为十六进制：{serialNumber} / A serial number is hexadecimal: {serialNumber}", nameof(serialNumber));
        }

        return hex.Length % 2 == 0 ? hex : "0" + hex;
    }
}
