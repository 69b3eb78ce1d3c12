using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>Publishes a fresh CRL of the issuer whenever a signer or verifier asks.</summary>
internal sealed class AuthorityEvidence(params TestPki[] hierarchies) : IRevocationSource
{
    public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
    {
        foreach (CertificateAuthority authority in hierarchies.SelectMany(pki => new[] { pki.Root, pki.Issuing }))
        {
            if (authority.Certificate.Equals(issuer))
            {
                PublishedCrl crl = await new CrlPublisher(authority).PublishAsync(cancellationToken);
                return new RevocationEvidence([CertificateRevocationList.Decode(crl.RawData)], []);
            }
        }

        return RevocationEvidence.None;
    }
}
