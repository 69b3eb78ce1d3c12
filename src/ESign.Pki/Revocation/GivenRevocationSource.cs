using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>Evidence the caller has: embedded in a document, or read from files.</summary>
public sealed class GivenRevocationSource : IRevocationSource
{
    private readonly RevocationEvidence _evidence;

    /// <summary>Offers these lists and answers.</summary>
    /// <param name="crls">Certificate revocation lists, in any order.</param>
    /// <param name="ocspResponses">OCSP answers, in any order.</param>
    public GivenRevocationSource(IEnumerable<CertificateRevocationList> crls, IEnumerable<OcspResponse> ocspResponses) =>
        _evidence = new RevocationEvidence([.. crls], [.. ocspResponses]);

    /// <inheritdoc/>
    public ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default) => new(_evidence);
}
