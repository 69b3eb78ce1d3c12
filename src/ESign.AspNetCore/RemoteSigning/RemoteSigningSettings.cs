namespace ESign.AspNetCore.RemoteSigning;

/// <summary>One key the service holds for somebody: an entry of section <c>RemoteSigning:Credentials</c>.</summary>
public sealed record RemoteSigningSettings
{
    /// <summary>The credential's id.</summary>
    public required string Id { get; init; }

    /// <summary>The PEM file with the certificate, then those above it.</summary>
    public required string Certificate { get; init; }

    /// <summary>The PEM file of the key, or a <c>pkcs11:</c> URI.</summary>
    public required string Key { get; init; }

    /// <summary>The file whose first line is the key's password.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The name of the tokens that may use it.</summary>
    public required string Owner { get; init; }

    /// <summary>Where one-time codes go.</summary>
    public required string Recipient { get; init; }
}
