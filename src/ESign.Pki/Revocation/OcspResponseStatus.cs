namespace ESign.Pki.Revocation;

/// <summary>Whether a responder answered, and if not, why.</summary>
/// <remarks>RFC 6960 §4.2.1 OCSPResponseStatus.</remarks>
internal enum OcspResponseStatus
{
    /// <summary>The answer is in the response.</summary>
    Successful = 0,

    /// <summary>The request was not understood.</summary>
    MalformedRequest = 1,

    /// <summary>The responder failed.</summary>
    InternalError = 2,

    /// <summary>The responder is busy.</summary>
    TryLater = 3,

    /// <summary>The request must be signed.</summary>
    SigRequired = 5,

    /// <summary>The responder does not answer this client or about this certificate.</summary>
    Unauthorized = 6,
}
