using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Tsa;

namespace ESign.Cli.Signing;

/// <summary>
/// <c>--tsa in-process</c>: a timestamp authority made on the spot, for trying things out. Its certificates say that they are
/// tests, nobody trusts them, and the keys are gone when the command ends.
/// </summary>
/// <param name="Source">The authority.</param>
/// <param name="Root">Its root, for whoever wants to try the verification too.</param>
/// <param name="Crl">The root's list, so that the authority's certificate can be judged later.</param>
internal sealed record InProcessTimestamps(ITimestampSource Source, Certificate Root, CertificateRevocationList Crl)
{
    private const string Owner = "ESign TEST - DO NOT TRUST 测试用";

    /// <summary>A policy nobody registered, by UUID (X.667): it promises nothing.</summary>
    private const string PolicyOid = "2.25.329800735698586629295641978511506172918";

    public static async Task<InProcessTimestamps> CreateAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new CertificateAuthorityOptions { TimeProvider = clock };
        LocalSigningKey rootKey = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        string number = Convert.ToHexString(DigestAlgorithm.Sha256.Compute(rootKey.SubjectPublicKeyInfo.Span).AsSpan(0, 4)); // no two roots share a name
        CertificateAuthority root = await CertificateAuthority.CreateRootAsync(
            CertificateSubject.Service($"ESign TEST Timestamp Root {number}", Owner), rootKey, options, cancellationToken: cancellationToken);
        LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        IssuedCertificate issued = await root.IssueAsync(
            CertificateProfile.TimestampAuthority,
            new IssuanceRequest { Subject = CertificateSubject.Service("ESign TEST Timestamp Authority", Owner), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo },
            cancellationToken);
        PublishedCrl crl = await new CrlPublisher(root).PublishAsync(cancellationToken);
        var authority = new TimestampAuthority(issued.WithKey(key), new TimestampAuthorityOptions { Policies = [new TimestampPolicy(PolicyOid)] }, clock);
        return new InProcessTimestamps(authority, root.Certificate, CertificateRevocationList.Decode(crl.RawData));
    }
}
