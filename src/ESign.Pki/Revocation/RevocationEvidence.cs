using ESign.Pki.Certificates;
using ESign.Pki.Names;

namespace ESign.Pki.Revocation;

/// <summary>CRLs and OCSP answers that may tell about a certificate. Whether they do is the validator's judgement.</summary>
/// <param name="Crls">Certificate revocation lists.</param>
/// <param name="OcspResponses">OCSP answers.</param>
public sealed record RevocationEvidence(IReadOnlyList<CertificateRevocationList> Crls, IReadOnlyList<OcspResponse> OcspResponses)
{
    /// <summary>No evidence.</summary>
    public static RevocationEvidence None { get; } = new([], []);

    internal bool IsEmpty => Crls.Count == 0 && OcspResponses.Count == 0;

    /// <summary>
    /// What names the certificate: answers with its CertID, and lists of its issuer or of a list signer its distribution points
    /// name (RFC 5280 §4.2.1.13 cRLIssuer). Nothing is verified.
    /// </summary>
    internal RevocationEvidence About(Certificate certificate, Certificate issuer)
    {
        DistinguishedName[] signers =
        [
            certificate.Issuer,
            .. (certificate.CrlDistributionPoints ?? []).SelectMany(point => point.CrlIssuer ?? []).Select(name => name.Directory).OfType<DistinguishedName>(),
        ];
        return new RevocationEvidence(
            [.. Crls.Where(crl => signers.Contains(crl.Issuer))],
            [.. OcspResponses.Where(response => response.Responses.Any(single => single.Id.Names(certificate, issuer)))]);
    }
}
