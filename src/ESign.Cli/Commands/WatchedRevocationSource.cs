using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Cli.Commands;

/// <summary>Notes whether services that certificates point to gave nothing: then "undecided" is the outside world's fault.</summary>
internal sealed class WatchedRevocationSource(IRevocationSource source) : IRevocationSource
{
    /// <summary>The first certificate whose services did not answer usefully; null when all did.</summary>
    public Certificate? Unanswered { get; private set; }

    public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
    {
        RevocationEvidence evidence = await source.FindAsync(certificate, issuer, cancellationToken);
        bool pointsSomewhere = certificate.FindExtension(ExtensionOid.AuthorityInformationAccess) is not null || certificate.FindExtension(ExtensionOid.CrlDistributionPoints) is not null;
        if (evidence.Crls.Count + evidence.OcspResponses.Count == 0 && pointsSomewhere)
        {
            Unanswered ??= certificate;
        }

        return evidence;
    }
}
