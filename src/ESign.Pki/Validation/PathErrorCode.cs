namespace ESign.Pki.Validation;

/// <summary>Why a path was refused; stable between versions.</summary>
internal enum PathErrorCode
{
    /// <summary>No path from the certificate to a trust anchor could be built.</summary>
    NoPath,

    /// <summary>The search or a check was ended because it cost too much.</summary>
    WorkLimit,

    /// <summary>A certificate's signature does not verify with its issuer's key.</summary>
    BadSignature,

    /// <summary>A signature algorithm or key type is not supported: nothing is known either way.</summary>
    UnsupportedAlgorithm,

    /// <summary>An algorithm or key was too weak at the time in question.</summary>
    WeakAlgorithm,

    /// <summary>The signed and the outer signature algorithm differ.</summary>
    AlgorithmMismatch,

    /// <summary>A certificate was not yet valid.</summary>
    NotYetValid,

    /// <summary>A certificate had expired.</summary>
    Expired,

    /// <summary>An issuer is not a certificate authority.</summary>
    NotAnAuthority,

    /// <summary>More intermediates than an authority or the caller allows.</summary>
    PathTooLong,

    /// <summary>A key may not be used for what it was used for.</summary>
    KeyUsage,

    /// <summary>A certificate may not be used for the purpose asked for.</summary>
    Purpose,

    /// <summary>A name lies outside the permitted or inside the excluded subtrees.</summary>
    NameConstraints,

    /// <summary>The certificate policies do not allow the path.</summary>
    Policy,

    /// <summary>A critical extension is not understood.</summary>
    UnknownCriticalExtension,

    /// <summary>An extension is malformed or appears twice.</summary>
    MalformedExtension,

    /// <summary>A certificate breaks a rule of the RFC 5280 profile for issuers.</summary>
    Profile,

    /// <summary>A certificate is revoked.</summary>
    Revoked,

    /// <summary>A certificate is on hold.</summary>
    OnHold,

    /// <summary>The revocation status of a certificate is unknown.</summary>
    RevocationUnknown,

    /// <summary>The certificate does not name the peer.</summary>
    PeerName,
}
