namespace ESign.Pki.Revocation;

/// <summary>Why a certificate was revoked.</summary>
/// <remarks>RFC 5280 §5.3.1 <c>CRLReason</c>; the numbers are those of the standard.</remarks>
public enum RevocationReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>The subject's private key is known or suspected to be in other hands.</summary>
    KeyCompromise = 1,

    /// <summary>The issuing authority's private key is.</summary>
    CaCompromise = 2,

    /// <summary>The subject's name or other information changed.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>The certificate is no longer needed.</summary>
    CessationOfOperation = 5,

    /// <summary>On hold: suspended, may come back.</summary>
    CertificateHold = 6,

    /// <summary>In a delta CRL: released from hold, or expired since.</summary>
    RemoveFromCrl = 8,

    /// <summary>A privilege in the certificate was withdrawn.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The attribute authority's key is in other hands.</summary>
    AaCompromise = 10,
}
