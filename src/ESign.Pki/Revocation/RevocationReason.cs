namespace ESign.Pki.Revocation;

/// <summary>Why a certificate was revoked, numbered as CRLs and OCSP answers number it.</summary>
/// <remarks>RFC 5280 §5.3.1 CRLReason.</remarks>
public enum RevocationReason
{
    /// <summary>No reason given.</summary>
    Unspecified = 0,

    /// <summary>The subject's key is known or suspected to be compromised.</summary>
    KeyCompromise = 1,

    /// <summary>The authority's key is known or suspected to be compromised.</summary>
    CaCompromise = 2,

    /// <summary>The subject's name or other facts changed.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate took its place.</summary>
    Superseded = 4,

    /// <summary>The certificate is no longer needed.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended; may be released.</summary>
    CertificateHold = 6,

    /// <summary>In a delta CRL: no longer revoked.</summary>
    RemoveFromCrl = 8,

    /// <summary>A privilege in the certificate was withdrawn.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The attribute authority's key is known or suspected to be compromised.</summary>
    AaCompromise = 10,
}
