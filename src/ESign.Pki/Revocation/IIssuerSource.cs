using ESign.Pki.Certificates;

namespace ESign.Pki.Revocation;

/// <summary>Brings the certificates of an issuer that are not at hand.</summary>
internal interface IIssuerSource
{
    /// <summary>Candidates for a certificate's issuer; nothing about them is believed.</summary>
    ValueTask<IReadOnlyList<Certificate>> FindIssuersAsync(Certificate certificate, CancellationToken cancellationToken);
}
