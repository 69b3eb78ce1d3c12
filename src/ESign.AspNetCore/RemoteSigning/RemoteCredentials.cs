namespace ESign.AspNetCore.RemoteSigning;

/// <summary>The credentials the service holds.</summary>
internal sealed class RemoteCredentials(IEnumerable<RemoteCredential> credentials)
{
    private readonly Dictionary<string, RemoteCredential> _byId = credentials.ToDictionary(static credential => credential.Id, StringComparer.Ordinal);

    public IEnumerable<RemoteCredential> OwnedBy(string owner) => _byId.Values.Where(credential => string.Equals(credential.Owner, owner, StringComparison.Ordinal));

    /// <summary>Finds a credential; another's is as absent as one that does not exist.</summary>
    public RemoteCredential? Find(string? id, string owner) =>
        id is not null && _byId.TryGetValue(id, out RemoteCredential? credential) && string.Equals(credential.Owner, owner, StringComparison.Ordinal) ? credential : null;
}
