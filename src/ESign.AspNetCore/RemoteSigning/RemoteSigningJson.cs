using System.Text.Json.Serialization;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>How codes and authorisations are written before they are sealed.</summary>
[JsonSerializable(typeof(SentCodes))]
[JsonSerializable(typeof(SignatureAuthorization))]
internal sealed partial class RemoteSigningJson : JsonSerializerContext;
