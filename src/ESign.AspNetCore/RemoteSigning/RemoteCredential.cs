using ESign.Pki.Certificates;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>A key the service holds for somebody, who signs with it by hash.</summary>
/// <param name="Id">The credential's id.</param>
/// <param name="Credential">The certificate, its issuers and the key.</param>
/// <param name="Owner">The name of the tokens that may use it.</param>
/// <param name="Recipient">Where the owner's one-time codes go.</param>
public sealed record RemoteCredential(string Id, SigningCredential Credential, string Owner, string Recipient);
