using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Pdf.Verification;

/// <summary>Asks a source about each certificate once per document: the same authority is judged at many times.</summary>
internal sealed class RememberedRevocationSource(IRevocationSource source) : IRevocationSource
{
    private readonly Dictionary<(Certificate Certificate, Certificate Issuer), RevocationEvidence> _known = [];

    public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
    {
        if (!_known.TryGetValue((certificate, issuer), out RevocationEvidence? evidence))
        {
            evidence = await source.FindAsync(certificate, issuer, cancellationToken).ConfigureAwait(false);
            _known[(certificate, issuer)] = evidence;
        }

        return evidence;
    }
}
