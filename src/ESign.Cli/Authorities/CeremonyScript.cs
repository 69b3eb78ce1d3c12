namespace ESign.Cli.Authorities;

/// <summary>
/// One key ceremony as its file declares it (YAML, or JSON, which is YAML too). <c>ceremony</c> is <c>root</c>, <c>issuing</c>,
/// <c>cross</c> or <c>crl</c>; every path is relative to the file.
/// </summary>
internal sealed class CeremonyScript
{
    public string Ceremony { get; set; } = "";

    /// <summary>root, issuing: the authority's name.</summary>
    public string? Name { get; set; }

    /// <summary>root, issuing: who runs it.</summary>
    public string? Organization { get; set; }

    /// <summary>root, issuing: the ISO 3166-1 country.</summary>
    public string Country { get; set; } = "CN";

    /// <summary>root, issuing: the signature algorithm.</summary>
    public string Algorithm { get; set; } = "ECDSA-P384-SHA384";

    /// <summary>root, issuing: validity in days; the profile's default when absent.</summary>
    public int? ValidityDays { get; set; }

    /// <summary>issuing, cross, crl: the certificate of the authority that signs (PEM).</summary>
    public string? IssuerCertificate { get; set; }

    /// <summary>issuing, cross, crl: its key (encrypted PKCS#8 PEM, or a PKCS#11 URI).</summary>
    public string? IssuerKey { get; set; }

    /// <summary>root, issuing: a key that exists already in a PKCS#11 module (RFC 7512 URI); without it a key is made.</summary>
    public string? Key { get; set; }

    /// <summary>issuing, cross: addresses of the signing authority's CRL and certificate, put into what it signs.</summary>
    public string? CrlUrl { get; set; }

    public string? IssuerUrl { get; set; }

    /// <summary>cross: the authority to certify (PEM).</summary>
    public string? Certificate { get; set; }

    /// <summary>crl: serial numbers to revoke first, each with a reason.</summary>
    public List<CeremonyRevocation> Revoke { get; set; } = [];

    /// <summary>crl: days until the next one.</summary>
    public int CrlDays { get; set; } = 180;

    /// <summary>The store of what is signed (SQLite).</summary>
    public string Store { get; set; } = "ceremonies.db";

    /// <summary>Where the certificate or CRL goes.</summary>
    public string Output { get; set; } = "";

    /// <summary>root, issuing: where the new key goes (encrypted PKCS#8 PEM).</summary>
    public string? OutputKey { get; set; }
}

/// <summary>A revocation a CRL ceremony declares.</summary>
internal sealed class CeremonyRevocation
{
    public string Serial { get; set; } = "";

    public string Reason { get; set; } = "Unspecified";
}
