namespace ESign.Pki.Issuance;

/// <summary>Where a certificate stands in its life.</summary>
public enum CertificateState
{
    /// <summary>About to be issued: recorded before anything is signed. After a crash these are all that may exist unrecorded.</summary>
    Intended,

    /// <summary>Refused by a lint or a check before its signature; the serial number stays used.</summary>
    Refused,

    /// <summary>Issued and in force.</summary>
    Issued,

    /// <summary>Suspended; may be released.</summary>
    OnHold,

    /// <summary>Revoked for good.</summary>
    Revoked,
}
