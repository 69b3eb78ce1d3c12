namespace ESign.Pki.Asn1;

/// <summary>CMS (RFC 5652 §11, RFC 6211), ESS (RFC 2634, RFC 5035), CAdES (EN 319 122-1), RFC 3161 and GB/T 35275.</summary>
internal static partial class Oids
{
    public const string CmsData = "1.2.840.113549.1.7.1";
    public const string CmsSignedData = "1.2.840.113549.1.7.2";
    public const string TimestampInfo = "1.2.840.113549.1.9.16.1.4";

    /// <summary>GB/T 35275-2017 §6: the same structures under Chinese identifiers.</summary>
    public const string GmData = "1.2.156.10197.6.1.4.2.1";
    public const string GmSignedData = "1.2.156.10197.6.1.4.2.2";

    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string CmsAlgorithmProtection = "1.2.840.113549.1.9.52";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    public const string SignatureTimestamp = "1.2.840.113549.1.9.16.2.14";
    public const string SignaturePolicyIdentifier = "1.2.840.113549.1.9.16.2.15";
    public const string CommitmentTypeIndication = "1.2.840.113549.1.9.16.2.16";
    public const string ContentTimestamp = "1.2.840.113549.1.9.16.2.20";

    /// <summary>ISO 32000-1 §12.8.3.3.2: revocation answers among the signed attributes.</summary>
    public const string AdobeRevocationInfoArchival = "1.2.840.113583.1.1.8";

    /// <summary>RFC 5940 §2.1: an OCSP answer in <c>SignedData.crls</c>.</summary>
    public const string OcspRevocationInfo = "1.3.6.1.5.5.7.16.2";
}
