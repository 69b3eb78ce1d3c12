namespace ESign.AspNetCore.Authorities;

/// <summary>The certificate authorities of the service: section <c>CertificateAuthority</c>.</summary>
public sealed record CertificateAuthoritySettings
{
    /// <summary>The issuers; the first issues when a request names none.</summary>
    public IReadOnlyList<IssuerSettings> Issuers { get; init; } = [];

    /// <summary>What relative paths are relative to; the working directory when absent.</summary>
    public string? Folder { get; init; }

    /// <summary>The service's address as certificates name it, for example <c>http://pki.example.cn</c>. Status addresses should be plain HTTP (RFC 5280 §8).</summary>
    public required string PublicUrl { get; init; }

    /// <summary>The file with the 32 bytes behind pseudonyms, in base64.</summary>
    public string? PseudonymKeyFile { get; init; }

    /// <summary>The first octet of serial numbers: different for every server that shares an issuer's key.</summary>
    public byte InstanceId { get; init; } = 1;

    /// <summary>Into how many CRLs each issuer's certificates are spread; 0 for one.</summary>
    public int CrlPartitions { get; init; }

    /// <summary>How long a CRL is good. Default: seven days.</summary>
    public TimeSpan CrlValidity { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a published CRL is served before a new one is made. Default: ten minutes; a revocation on this server renews it at once.</summary>
    public TimeSpan CrlRefresh { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether complete CRLs point to delta CRLs (freshest CRL, RFC 5280 §5.2.6). Deltas are served either way.</summary>
    public bool DeltaCrls { get; init; }

    /// <summary>From when on the CRL of an issuer whose key is offline is reported as running out. Default: fourteen days before its end.</summary>
    public TimeSpan CrlWarning { get; init; } = TimeSpan.FromDays(14);

    /// <summary>
    /// For how long OCSP repeats a status without asking the store. Default: five seconds: so long may a revocation made on another server
    /// stay unseen here; one made on this server is seen at once.
    /// </summary>
    public TimeSpan OcspStatusCache { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an OCSP answer is good. Default: twelve hours.</summary>
    public TimeSpan OcspValidity { get; init; } = TimeSpan.FromHours(12);

    /// <summary>Whether the authorities are made for trying out and nobody should trust them.</summary>
    public bool IsDevelopment { get; init; }
}
