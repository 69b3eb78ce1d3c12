using ESign.Pki.Certificates;
using ESign.Pki.Revocation;

namespace ESign.Cli;

/// <summary>The services that certificates point to, and whether they gave nothing: then "undecided" is the outside world's fault.</summary>
internal sealed class RevocationServices : IRevocationSource, IIssuerSource, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler());
    private readonly OnlineRevocationSource _source;

    public RevocationServices() => _source = new OnlineRevocationSource(_client, new OnlineRevocationOptions { FetchesIssuers = true });

    /// <summary>The first certificate whose services did not answer usefully; null when all did.</summary>
    public Certificate? Unanswered { get; private set; }

    ValueTask<IReadOnlyList<Certificate>> IIssuerSource.FindIssuersAsync(Certificate certificate, CancellationToken cancellationToken) =>
        ((IIssuerSource)_source).FindIssuersAsync(certificate, cancellationToken);

    public async ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default)
    {
        RevocationEvidence evidence = await _source.FindAsync(certificate, issuer, cancellationToken);
        bool pointsSomewhere = certificate.FindExtension(ExtensionOid.AuthorityInformationAccess) is not null || certificate.FindExtension(ExtensionOid.CrlDistributionPoints) is not null;
        if (evidence.Crls.Count + evidence.OcspResponses.Count == 0 && pointsSomewhere)
        {
            Unanswered ??= certificate;
        }

        return evidence;
    }

    public void Dispose() => _client.Dispose();
}
