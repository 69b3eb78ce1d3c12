using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Pdf.Tests.LongTerm;

/// <summary>Revocation evidence of a test infrastructure: CRLs of both authorities, or live OCSP answers of the issuing one.</summary>
internal static class TestRevocation
{
    public static async Task<IRevocationSource> ListsAsync(TestPki pki) => new GivenRevocationSource([await ListAsync(pki.Issuing), await ListAsync(pki.Root)], []);

    /// <summary>OCSP answers, signed by a delegated responder, for what the issuing authority issued; the root's list for the rest.</summary>
    public static async Task<IRevocationSource> AnswersAsync(TestPki pki)
    {
        LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.EcdsaP256Sha256);
        IssuedCertificate issued = await pki.Issuing.IssueAsync(
            CertificateProfile.OcspResponder,
            new IssuanceRequest { Subject = CertificateSubject.Service("ESign Test OCSP", "ESign Tests"), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo });
        return new Answers(new OcspResponder(pki.Issuing, issued.WithKey(key)), pki.Issuing.Certificate, await ListAsync(pki.Root));
    }

    public static async Task<CertificateRevocationList> ListAsync(CertificateAuthority authority) =>
        CertificateRevocationList.Decode((await new CrlPublisher(authority).PublishAsync()).RawData);

    private sealed class Answers(OcspResponder responder, Certificate authority, CertificateRevocationList rootList) : IRevocationSource
    {
        public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
        {
            if (!issuer.Equals(authority))
            {
                return new RevocationEvidence([rootList], []);
            }

            OcspAnswer answer = await responder.AnswerAsync(OcspRequest.Create(certificate, issuer).RawData, cancellationToken);
            return new RevocationEvidence([], [OcspResponse.Decode(answer.RawData)]);
        }
    }
}
