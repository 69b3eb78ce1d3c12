namespace ESign.Pki.Validation;

/// <summary>Why a validation did not pass.</summary>
/// <remarks>ETSI EN 319 102-1 §5.1.3 tables 5 and 6; the URIs are in TS 119 102-2.</remarks>
public enum SubIndication
{
    /// <summary>Nothing to add: the validation passed.</summary>
    None,

    /// <summary>The signature does not conform enough to be processed (failed).</summary>
    FormatFailure,

    /// <summary>A digest of signed data does not match (failed).</summary>
    HashFailure,

    /// <summary>The signature value is wrong (failed).</summary>
    SigCryptoFailure,

    /// <summary>The certificate was revoked, and the signature proven to be later (failed).</summary>
    Revoked,

    /// <summary>The signature was proven to be made after the certificate's end (failed).</summary>
    Expired,

    /// <summary>The signature was proven to be made before the certificate's start (failed).</summary>
    NotYetValid,

    /// <summary>Signature attributes break a constraint.</summary>
    SigConstraintsFailure,

    /// <summary>The path breaks a constraint on certificates.</summary>
    ChainConstraintsFailure,

    /// <summary>The path fails for another reason.</summary>
    CertificateChainGeneralFailure,

    /// <summary>An algorithm or key is too weak, and no proof of existence helps.</summary>
    CryptoConstraintsFailure,

    /// <summary>An algorithm or key is too weak now; a proof of earlier existence is missing.</summary>
    CryptoConstraintsFailureNoPoe,

    /// <summary>The validation policy cannot be processed.</summary>
    PolicyProcessingError,

    /// <summary>The signature policy is not at hand.</summary>
    SignaturePolicyNotAvailable,

    /// <summary>Timestamps are out of order.</summary>
    TimestampOrderFailure,

    /// <summary>The signing certificate cannot be identified.</summary>
    NoSigningCertificateFound,

    /// <summary>No path leads to a trust anchor.</summary>
    NoCertificateChainFound,

    /// <summary>The trust anchor was withdrawn; a proof of earlier existence is missing.</summary>
    NoCertificateChainFoundNoPoe,

    /// <summary>The signer's certificate is revoked; a proof that the signature is older is missing.</summary>
    RevokedNoPoe,

    /// <summary>An authority's certificate is revoked; a proof of earlier existence is missing.</summary>
    RevokedCaNoPoe,

    /// <summary>The certificate has expired or is not yet valid; a proof of existence within its validity is missing.</summary>
    OutOfBoundsNoPoe,

    /// <summary>As <see cref="OutOfBoundsNoPoe"/>, and the certificate is known not to be revoked.</summary>
    OutOfBoundsNotRevoked,

    /// <summary>The signer of revocation information has expired; a proof of earlier existence is missing.</summary>
    RevocationOutOfBoundsNoPoe,

    /// <summary>A needed proof of existence is missing.</summary>
    NoPoe,

    /// <summary>Fresher revocation information would decide.</summary>
    TryLater,

    /// <summary>The signed data cannot be had.</summary>
    SignedDataNotFound,
}
