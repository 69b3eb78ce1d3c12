namespace ESign.Pki.Timestamping;

/// <summary>Why a timestamp authority refused: the bits of <c>PKIFailureInfo</c> that RFC 3161 §2.4.2 allows.</summary>
/// <remarks>The numbers are the bit positions of the ASN.1 BIT STRING.</remarks>
internal enum TimestampFailureInfo
{
    /// <summary>Unrecognised or unsupported digest algorithm.</summary>
    BadAlg = 0,

    /// <summary>The request is not permitted or not supported.</summary>
    BadRequest = 2,

    /// <summary>The request has the wrong format.</summary>
    BadDataFormat = 5,

    /// <summary>The authority's time source is not available.</summary>
    TimeNotAvailable = 14,

    /// <summary>The authority does not support the policy asked for.</summary>
    UnacceptedPolicy = 15,

    /// <summary>The authority does not support an extension asked for.</summary>
    UnacceptedExtension = 16,

    /// <summary>The additional information asked for could not be understood or is not available.</summary>
    AddInfoNotAvailable = 17,

    /// <summary>The request cannot be handled because of a failure of the system.</summary>
    SystemFailure = 25,
}
