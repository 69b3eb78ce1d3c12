namespace ESign.Pki.Validation;

/// <summary>What is known about a certificate's revocation at a time.</summary>
public enum RevocationStatus
{
    /// <summary>Nothing usable is known.</summary>
    Unknown,

    /// <summary>Not revoked at that time.</summary>
    Good,

    /// <summary>Suspended at that time.</summary>
    OnHold,

    /// <summary>Revoked at that time.</summary>
    Revoked,
}
