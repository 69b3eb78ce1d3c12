using ESign.AspNetCore.Authorities;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>The credentials the service holds.</summary>
internal sealed class RemoteCredentials(IEnumerable<RemoteCredential> credentials)
{
    /// <summary>The status of a certificate in force, as the CSC API calls it (§11.5).</summary>
    public const string Valid = "valid";

    private readonly Dictionary<string, RemoteCredential> _byId = credentials.ToDictionary(static credential => credential.Id, StringComparer.Ordinal);

    public IEnumerable<RemoteCredential> OwnedBy(string owner) => _byId.Values.Where(credential => string.Equals(credential.Owner, owner, StringComparison.Ordinal));

    /// <summary>Finds a credential; another's is as absent as one that does not exist.</summary>
    public RemoteCredential? Find(string? id, string owner) =>
        id is not null && _byId.TryGetValue(id, out RemoteCredential? credential) && string.Equals(credential.Owner, owner, StringComparison.Ordinal) ? credential : null;

    /// <summary>Where a certificate stands: by its dates, and by the record when an issuer of this service made it.</summary>
    public static async ValueTask<string> ReadStatusAsync(Certificate certificate, IssuerDirectory issuers, TimeProvider time, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            return "expired";
        }

        return (await issuers.FindIssuedAsync(certificate, cancellationToken).ConfigureAwait(false))?.Record.Status switch
        {
            null or CertificateState.Issued => Valid,
            CertificateState.OnHold => "suspended",
            _ => "revoked",
        };
    }
}
