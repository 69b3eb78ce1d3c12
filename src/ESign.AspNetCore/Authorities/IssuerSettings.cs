namespace ESign.AspNetCore.Authorities;

/// <summary>One issuer of the service: a certificate, its chain and its key.</summary>
public sealed record IssuerSettings
{
    /// <summary>The name in addresses: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The PEM file with the issuer's certificate, then those above it, root last.</summary>
    public required string Certificate { get; init; }

    /// <summary>The PEM file of its key, or a <c>pkcs11:</c> URI. Absent when the key is offline: then <see cref="CrlFile"/> is needed.</summary>
    public string? Key { get; init; }

    /// <summary>The file with the CRL of an issuer whose key is offline: placed there by hand, or by <c>PUT /api/v1/issuers/NAME/crl</c>.</summary>
    public string? CrlFile { get; init; }

    /// <summary>The file whose first line is the key's password.</summary>
    public string? PasswordFile { get; init; }
}
