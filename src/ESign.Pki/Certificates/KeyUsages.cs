namespace ESign.Pki.Certificates;

/// <summary>What a certified key may be used for.</summary>
/// <remarks>RFC 5280 §4.2.1.3.</remarks>
[Flags]
internal enum KeyUsages
{
    /// <summary>No use at all.</summary>
    None = 0,

    /// <summary>Signatures other than on certificates and CRLs.</summary>
    DigitalSignature = 1 << 0,

    /// <summary>Signatures that commit the signer (nonRepudiation).</summary>
    ContentCommitment = 1 << 1,

    /// <summary>Enciphering keys.</summary>
    KeyEncipherment = 1 << 2,

    /// <summary>Enciphering data directly.</summary>
    DataEncipherment = 1 << 3,

    /// <summary>Key agreement.</summary>
    KeyAgreement = 1 << 4,

    /// <summary>Signatures on certificates.</summary>
    KeyCertSign = 1 << 5,

    /// <summary>Signatures on CRLs.</summary>
    CrlSign = 1 << 6,

    /// <summary>Only enciphering, with <see cref="KeyAgreement"/>.</summary>
    EncipherOnly = 1 << 7,

    /// <summary>Only deciphering, with <see cref="KeyAgreement"/>.</summary>
    DecipherOnly = 1 << 8,
}
