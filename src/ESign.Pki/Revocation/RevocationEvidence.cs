namespace ESign.Pki.Revocation;

/// <summary>CRLs and OCSP answers that may tell about a certificate. Whether they do is the validator's judgement.</summary>
/// <param name="Crls">Certificate revocation lists.</param>
/// <param name="OcspResponses">OCSP answers.</param>
public sealed record RevocationEvidence(IReadOnlyList<CertificateRevocationList> Crls, IReadOnlyList<OcspResponse> OcspResponses)
{
    /// <summary>No evidence.</summary>
    public static RevocationEvidence None { get; } = new([], []);
}
