namespace ESign.Pdf.Signing;

/// <summary>What the signature value is: the pairing of <c>/SubFilter</c> and container.</summary>
public sealed record SignatureProfile
{
    private SignatureProfile(string subFilter) => SubFilter = subFilter;

    /// <summary>PAdES baseline (EN 319 142-1): CAdES attributes in CMS. The default for RSA and ECDSA.</summary>
    public static SignatureProfile Pades { get; } = new("ETSI.CAdES.detached");

    /// <summary>CMS under the name every reader knows (ISO 32000-2 §12.8.3.3). The default for SM2, which PAdES does not list.</summary>
    public static SignatureProfile AdobePkcs7 { get; } = new("adbe.pkcs7.detached");

    /// <summary>The <c>/SubFilter</c> written.</summary>
    public string SubFilter { get; }

    /// <summary>The profile of a <c>/SubFilter</c>.</summary>
    /// <exception cref="FormatException">ESign writes no such signatures.</exception>
    internal static SignatureProfile FromSubFilter(string? subFilter) =>
        Pades.SubFilter == subFilter ? Pades : AdobePkcs7.SubFilter == subFilter ? AdobePkcs7 : throw new FormatException($"unknown subFilter {subFilter}");
}
