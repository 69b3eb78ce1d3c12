namespace ESign.Pki.Timestamping;

/// <summary>The outcome of a request (<c>PKIStatus</c>, RFC 3161 §2.4.2).</summary>
internal enum TimestampStatus
{
    /// <summary>A token, as requested, is present.</summary>
    Granted = 0,

    /// <summary>A token is present, with modifications.</summary>
    GrantedWithModifications = 1,

    /// <summary>Refused.</summary>
    Rejection = 2,

    /// <summary>Not yet; ask later.</summary>
    Waiting = 3,

    /// <summary>A revocation is imminent.</summary>
    RevocationWarning = 4,

    /// <summary>A revocation has occurred.</summary>
    RevocationNotification = 5,
}
