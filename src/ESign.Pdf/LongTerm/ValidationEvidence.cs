namespace ESign.Pdf.LongTerm;

/// <summary>What a verifier needs years later: certificates, CRLs and OCSP responses, each as DER.</summary>
/// <param name="Certificates">Certificates of the signer's, the timestamp authority's and the responders' chains.</param>
/// <param name="Crls">Certificate revocation lists.</param>
/// <param name="OcspResponses">Whole <c>OCSPResponse</c> values, not <c>BasicOCSPResponse</c>.</param>
internal sealed record ValidationEvidence(
    IReadOnlyList<ReadOnlyMemory<byte>> Certificates,
    IReadOnlyList<ReadOnlyMemory<byte>> Crls,
    IReadOnlyList<ReadOnlyMemory<byte>> OcspResponses);
