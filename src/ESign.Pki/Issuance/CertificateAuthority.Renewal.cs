using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance;

/// <content>Renewal with the same key and re-keying with a new one.</content>
public sealed partial class CertificateAuthority
{
    /// <summary>What a renewed certificate takes over from the one before: the identity, not the issuer's addresses.</summary>
    private static readonly string[] IdentityExtensions =
        [ExtensionOid.SubjectAlternativeName, CertificateExtensions.IdentifyCode, CertificateExtensions.OrganizationCode];

    /// <summary>
    /// Issues a new certificate for the subject of one in force: same name and identity, new validity, the same key or a new
    /// one. The old certificate stays in force; revoke it as superseded when it should not.
    /// </summary>
    /// <param name="serialNumber">The certificate in force.</param>
    /// <param name="newKey">The new public key, its possession proved to the caller; empty to renew with the same key.</param>
    /// <param name="profile">The profile if its settings differ from the built-in one of that name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The new certificate.</returns>
    /// <exception cref="IssuanceRefusedException">
    /// The certificate is unknown, revoked, expired, an authority's or for one event, or the key is not allowed.
    /// </exception>
    public async ValueTask<IssuedCertificate> RenewAsync(string serialNumber, ReadOnlyMemory<byte> newKey = default, CertificateProfile? profile = null, CancellationToken cancellationToken = default)
    {
        string serial = NormalizeSerialNumber(serialNumber);
        CertificateRecord? record = await Repository.FindAsync(Id, serial, cancellationToken).ConfigureAwait(false);
        if (record is not { Status: CertificateState.Issued } || record.Intent.NotAfter < Options.TimeProvider.GetUtcNow())
        {
            throw new IssuanceRefusedException("subject", [$"证书{serial}不存在、已吊销或已过期，不能续期 / Certificate {serial} is unknown, revoked or expired: verify the subject again"]);
        }

        profile ??= CertificateProfile.FromName(record.Intent.ProfileName);
        bool renewable = profile is { IsAuthority: false }
            && string.Equals(profile.Name, record.Intent.ProfileName, StringComparison.Ordinal)
            && !string.Equals(profile.Name, CertificateProfile.EventCertificate.Name, StringComparison.Ordinal);
        if (!renewable)
        {
            throw new IssuanceRefusedException("subject", [$"{record.Intent.ProfileName}类型的证书不能续期 / A certificate of profile {record.Intent.ProfileName} is not renewed"]);
        }

        Certificate old = Certificate.Decode(record.Certificate);
        ReadOnlyMemory<byte> key = newKey.IsEmpty ? old.SubjectPublicKeyInfo : newKey;
        await CheckKeyAsync(profile!, key, Repository, cancellationToken).ConfigureAwait(false);
        (DateTimeOffset notBefore, DateTimeOffset notAfter) = ChooseValidity(profile!, requested: null);
        byte[] keyIdentifier = ComputeKeyIdentifier(key);

        (CertificateContent, IssuanceIntent) Compose(string newSerial)
        {
            var content = new CertificateContent
            {
                SerialNumber = newSerial,
                SignatureAlgorithm = Key.Algorithm.Identifier,
                IssuerName = Certificate.Subject.RawData,
                NotBefore = notBefore,
                NotAfter = notAfter,
                SubjectName = old.Subject.RawData,
                SubjectPublicKeyInfo = key,
                Profile = profile!,
                AuthorityKeyIdentifier = KeyIdentifier,
                SubjectKeyIdentifier = keyIdentifier,
                Publication = Options.Publication,
                Partition = ChoosePartition(newSerial),
                CopiedExtensions = [.. old.Extensions.Where(extension => IdentityExtensions.Contains(extension.Oid, StringComparer.Ordinal))],
            };
            IssuanceIntent intent = CreateIntent(content, Id, Options, record.Intent.EvidenceReference) with
            {
                SubjectName = record.Intent.SubjectName,
                CreditCode = record.Intent.CreditCode,
                Pseudonym = record.Intent.Pseudonym,
            };
            return (content, intent);
        }

        Certificate certificate = await _pipeline.IssueAsync(Key, Facts, Compose, cancellationToken).ConfigureAwait(false);
        return new IssuedCertificate(certificate, [Certificate, .. Issuers]);
    }
}
