using ESign.Pki.Certificates;

namespace ESign.Pki.Issuance;

/// <content>Authorities certifying each other: link certificates when a key is rolled over, cross-certificates otherwise.</content>
public sealed partial class CertificateAuthority
{
    /// <summary>
    /// Makes the two link certificates of a key rollover, so that whoever trusts one key comes to trust the other
    /// (RFC 4210 §4.4): the new key certified with the old one, and the old key with the new one.
    /// </summary>
    /// <param name="previous">The authority with the old key.</param>
    /// <param name="next">The authority with the new key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Both certificates, to be published beside the authorities' own.</returns>
    /// <exception cref="IssuanceRefusedException">One of the two is not valid now.</exception>
    public static async ValueTask<(Certificate NewWithOld, Certificate OldWithNew)> LinkAsync(CertificateAuthority previous, CertificateAuthority next, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(previous);
        ArgumentNullException.ThrowIfNull(next);
        return (
            NewWithOld: await previous.CrossCertifyAsync(next.Certificate, cancellationToken).ConfigureAwait(false),
            OldWithNew: await next.CrossCertifyAsync(previous.Certificate, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Certifies another authority's key under the name and with the path length it has, as long as both are valid.</summary>
    /// <param name="authority">The other authority's certificate.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The cross-certificate; it is recorded.</returns>
    /// <exception cref="ArgumentException">The certificate is no authority's.</exception>
    /// <exception cref="IssuanceRefusedException">The key is not allowed, or the path length leaves no room.</exception>
    public async ValueTask<Certificate> CrossCertifyAsync(Certificate authority, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authority);
        if (!authority.IsAuthority || authority.SubjectKeyIdentifier is not { } keyIdentifier)
        {
            throw new ArgumentException("只能为CA证书签发交叉证书 / Only an authority's certificate can be cross-certified", nameof(authority));
        }

        CertificateProfile profile = CertificateProfile.CrossCertificate;
        if (profile.Keys.FindFault(authority.SubjectPublicKeyInfo) is { } fault)
        {
            throw new IssuanceRefusedException("key", [fault]);
        }

        // A link between two keys of one name is self-issued and takes no room on the path (RFC 5280 §4.2.1.9).
        bool isLink = authority.Subject.Equals(Certificate.Subject);
        if (!isLink && Certificate.BasicConstraints?.PathLength is { } limit && limit <= (authority.BasicConstraints?.PathLength ?? int.MaxValue - 1))
        {
            throw new IssuanceRefusedException("issuer", [$"本CA的路径长度限制为{limit} / This authority's path length {limit} leaves no room for that authority below it (RFC 5280 §4.2.1.9)"]);
        }

        (DateTimeOffset notBefore, _) = ChooseValidity(profile, requested: null);
        DateTimeOffset notAfter = authority.NotAfter < Certificate.NotAfter ? authority.NotAfter : Certificate.NotAfter;

        (CertificateContent, IssuanceIntent) Compose(string serialNumber)
        {
            var content = new CertificateContent
            {
                SerialNumber = serialNumber,
                SignatureAlgorithm = Key.Algorithm.Identifier,
                IssuerName = Certificate.Subject.RawData,
                NotBefore = notBefore,
                NotAfter = notAfter,
                SubjectName = authority.Subject.RawData,
                SubjectPublicKeyInfo = authority.SubjectPublicKeyInfo,
                Profile = profile,
                AuthorityKeyIdentifier = KeyIdentifier,
                SubjectKeyIdentifier = keyIdentifier,
                PathLength = authority.BasicConstraints?.PathLength,
                Publication = Options.Publication,
                Partition = ChoosePartition(serialNumber),
            };
            return (content, CreateIntent(content, Id, Options, evidence: null));
        }

        return await _pipeline.IssueAsync(Key, Facts, Compose, cancellationToken).ConfigureAwait(false);
    }
}
