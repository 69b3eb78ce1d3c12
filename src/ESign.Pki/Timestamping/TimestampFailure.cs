namespace ESign.Pki.Timestamping;

/// <summary>Why a timestamp token does not stand. Trust in the authority's certificate is judged elsewhere.</summary>
internal enum TimestampFailure
{
    /// <summary>The token stamps other data (RFC 3161 §2.4.2 messageImprint).</summary>
    ImprintMismatch,

    /// <summary>The imprint's digest algorithm is unknown, or not a digest algorithm at all.</summary>
    ImprintAlgorithmUnknown,

    /// <summary>The nonce is not the one that was sent (RFC 3161 §2.4.2).</summary>
    NonceMismatch,

    /// <summary>The policy is not the one that was asked for (RFC 3161 §2.4.2).</summary>
    PolicyMismatch,

    /// <summary>The TSTInfo is not of version 1 (RFC 3161 §2.4.2).</summary>
    InfoVersion,

    /// <summary>A critical extension of the TSTInfo is not understood: none is (RFC 3161 §2.4.2, RFC 5280 §4.2).</summary>
    ExtensionUnknown,

    /// <summary>There is no signer.</summary>
    NoSigner,

    /// <summary>There is more than one signer (RFC 3161 §2.4.2: only the authority's signature).</summary>
    MoreThanOneSigner,

    /// <summary>The signer's version does not fit how the signer is named (RFC 5652 §5.3).</summary>
    SignerVersion,

    /// <summary>No certificate at hand is the one the signer names: without it nothing can be said.</summary>
    NoSignerCertificate,

    /// <summary>A certificate in the token cannot be read.</summary>
    CertificatesMalformed,

    /// <summary>There are no signed attributes (RFC 5652 §5.3 requires them for this content type).</summary>
    SignedAttributesMissing,

    /// <summary>The content-type attribute is missing (RFC 5652 §11.1).</summary>
    ContentTypeMissing,

    /// <summary>The content-type attribute is malformed or names another type.</summary>
    ContentTypeWrong,

    /// <summary>The message-digest attribute is missing (RFC 5652 §11.2).</summary>
    MessageDigestMissing,

    /// <summary>The message-digest attribute is malformed or not the digest of the TSTInfo.</summary>
    MessageDigestWrong,

    /// <summary>The signature value does not verify.</summary>
    SignatureInvalid,

    /// <summary>The signature or digest algorithm is not one ESign knows.</summary>
    AlgorithmUnsupported,

    /// <summary>The algorithms contradict each other or the algorithm-protection attribute (RFC 6211 §3), or the digest is broken.</summary>
    AlgorithmMismatch,

    /// <summary>No signing-certificate attribute, or one that names nothing (RFC 3161 §2.4.2, RFC 5816).</summary>
    CertificateIdMissing,

    /// <summary>The signing-certificate attribute is malformed.</summary>
    CertificateIdMalformed,

    /// <summary>The signing-certificate attribute names another certificate.</summary>
    CertificateIdMismatch,

    /// <summary>The signing-certificate-v2 attribute uses MD5 or SHA-1.</summary>
    CertificateIdWeak,

    /// <summary>The signing-time attribute is malformed (RFC 5652 §11.3).</summary>
    SigningTimeMalformed,

    /// <summary>The signing-time attribute lies outside the validity of the certificate.</summary>
    SigningTimeOutsideCertificate,

    /// <summary>The certificate's extended key usage is not critical, or not timeStamping alone (RFC 3161 §2.3).</summary>
    CertificatePurpose,
}
