using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>Where revocation evidence comes from: given with a document, kept at hand, or fetched.</summary>
public interface IRevocationSource
{
    /// <summary>Finds evidence about a certificate. More than fits is harmless; none is an empty answer, not an error.</summary>
    /// <param name="certificate">The certificate in question.</param>
    /// <param name="issuer">Its issuer on the path being judged.</param>
    /// <param name="cancellationToken">Cancels a fetch.</param>
    ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default);
}
