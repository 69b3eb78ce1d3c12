namespace ESign.Pki.Validation;

/// <summary>What becomes of a certificate whose revocation status cannot be learnt.</summary>
public enum UnknownRevocation
{
    /// <summary>The path fails: every certificate below the anchor needs a usable CRL or OCSP answer.</summary>
    Reject,

    /// <summary>The path stands; the verdict says that the status is unknown. A known revocation still fails it.</summary>
    Accept,

    /// <summary>Revocation is not looked at.</summary>
    Off,
}
