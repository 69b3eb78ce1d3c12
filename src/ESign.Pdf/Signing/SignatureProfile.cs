using ESign.Pki.Certificates;
using ESign.Pki.ElectronicSeals;

namespace ESign.Pdf.Signing;

/// <summary>What the signature value is: the pairing of <c>/SubFilter</c> and container.</summary>
public sealed record SignatureProfile
{
    /// <summary>The name ESign gives to seal signatures in PDF, because GB/T 38540 names none.</summary>
    internal const string SealSubFilter = "ESign.SES.GBT38540";

    private SignatureProfile(string subFilter) => SubFilter = subFilter;

    /// <summary>PAdES baseline (EN 319 142-1): CAdES attributes in CMS. The default for RSA and ECDSA.</summary>
    public static SignatureProfile Pades { get; } = new("ETSI.CAdES.detached");

    /// <summary>CMS under the name every reader knows (ISO 32000-2 §12.8.3.3). The default for SM2, which PAdES does not list.</summary>
    public static SignatureProfile AdobePkcs7 { get; } = new("adbe.pkcs7.detached");

    /// <summary>The <c>/SubFilter</c> written.</summary>
    public string SubFilter { get; }

    /// <summary>The electronic seal of <see cref="SealSignature"/>; <see langword="null"/> in the other profiles.</summary>
    public ElectronicSeal? ElectronicSeal { get; private init; }

    /// <summary>What goes into <c>/Cert</c>: a seal signature has room for the signer's certificate alone, CMS for the whole path.</summary>
    internal IReadOnlyList<Certificate> Certificates { get; private init; } = [];

    /// <summary>
    /// A GB/T 38540 seal signature (SES_Signature) in place of CMS, under the <c>/SubFilter</c> <c>ESign.SES.GBT38540</c>. Readers
    /// that do not know it report an unsupported signature. Levels B and T.
    /// </summary>
    /// <param name="seal">The electronic seal; it must list the signer's certificate.</param>
    public static SignatureProfile SealSignature(ElectronicSeal seal)
    {
        ArgumentNullException.ThrowIfNull(seal);
        return new SignatureProfile(SealSubFilter) { ElectronicSeal = seal };
    }

    internal SignatureProfile WithCertificates(Certificate signer, IReadOnlyList<Certificate> issuers) =>
        ElectronicSeal is null ? this : this with { Certificates = [signer, .. issuers] };

    /// <summary>The profile of a <c>/SubFilter</c>.</summary>
    /// <exception cref="FormatException">ESign writes no such signatures.</exception>
    internal static SignatureProfile FromSubFilter(string? subFilter) =>
        Pades.SubFilter == subFilter ? Pades : AdobePkcs7.SubFilter == subFilter ? AdobePkcs7 : SealSubFilter == subFilter ? new SignatureProfile(SealSubFilter) : throw new FormatException($"unknown subFilter {subFilter}");
}
