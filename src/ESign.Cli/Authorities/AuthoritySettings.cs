namespace ESign.Cli.Authorities;

/// <summary>What <c>authority.json</c> holds: everything about the authority that is not a key or a certificate.</summary>
internal sealed record AuthoritySettings
{
    /// <summary>Where issued certificates say their CRL is; <c>{partition}</c> stands for the partition.</summary>
    public string? CrlUrl { get; init; }

    public string? RootCrlUrl { get; init; }

    public string? DeltaCrlUrl { get; init; }

    public string? OcspUrl { get; init; }

    public string? IssuerUrl { get; init; }

    public string? RootUrl { get; init; }

    public string? CpsUrl { get; init; }

    public int CrlPartitions { get; init; }

    /// <summary>Where the root's key is when it is no file of the folder: a PKCS#11 URI (RFC 7512).</summary>
    public string? RootKey { get; init; }

    /// <summary>Where the issuing authority's key is when it is no file of the folder: a PKCS#11 URI.</summary>
    public string? IssuingKey { get; init; }

    public byte InstanceId { get; init; } = 1;
}
