namespace ESign.Pki.Issuance;

/// <summary>What came of a request to revoke or release.</summary>
public enum RevocationOutcome
{
    /// <summary>Done and recorded.</summary>
    Done,

    /// <summary>It was revoked (or on hold) before; date and reason stay as they were.</summary>
    AlreadyRevoked,

    /// <summary>A release, but the certificate is not on hold.</summary>
    NotOnHold,

    /// <summary>The authority never issued that serial number.</summary>
    UnknownCertificate,
}
