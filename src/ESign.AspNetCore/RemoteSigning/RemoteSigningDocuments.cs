using System.Text.Json.Serialization;

namespace ESign.AspNetCore.RemoteSigning;

/// <summary>The bodies of the CSC API v2, members named as there.</summary>
internal sealed record CredentialRequest
{
    [JsonPropertyName("credentialID")]
    public string? CredentialId { get; init; }

    /// <summary><c>none</c>, <c>single</c> or <c>chain</c>.</summary>
    public string? Certificates { get; init; }
}

/// <summary>credentials/authorize (§11.6).</summary>
internal sealed record AuthorizeRequest
{
    [JsonPropertyName("credentialID")]
    public string? CredentialId { get; init; }

    public int NumSignatures { get; init; }

    public IReadOnlyList<string> Hashes { get; init; } = [];

    [JsonPropertyName("hashAlgorithmOID")]
    public string? HashAlgorithmOid { get; init; }

    public IReadOnlyList<AuthenticationDatum> AuthData { get; init; } = [];
}

/// <summary>One factor: for the one-time code the id is <c>OTP</c>.</summary>
internal sealed record AuthenticationDatum(string Id, string Value);

/// <summary>signatures/signHash (§11.10).</summary>
internal sealed record SignHashRequest
{
    [JsonPropertyName("credentialID")]
    public string? CredentialId { get; init; }

    [JsonPropertyName("SAD")]
    public string? ActivationData { get; init; }

    public IReadOnlyList<string> Hashes { get; init; } = [];

    [JsonPropertyName("hashAlgorithmOID")]
    public string? HashAlgorithmOid { get; init; }

    public string? SignAlgo { get; init; }
}

/// <summary>signatures/timestamp (§11.12).</summary>
internal sealed record CscTimestampRequest(string Hash, string HashAlgo, string? Nonce = null);
