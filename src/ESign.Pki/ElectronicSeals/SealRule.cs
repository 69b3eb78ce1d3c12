namespace ESign.Pki.ElectronicSeals;

/// <summary>What is checked of an electronic seal and of a seal signature, in the order of GB/T 38540-2020.</summary>
internal enum SealRule
{
    /// <summary>The seal maker's signature over the seal.</summary>
    SealSignature,

    /// <summary>The seal maker's certificate was in its validity when the seal was made.</summary>
    MakerCertificatePeriod,

    /// <summary>The seal was in its own validity when it was used.</summary>
    SealPeriod,

    /// <summary>Extensions marked critical; ESign knows none.</summary>
    CriticalExtensions,

    /// <summary>The timestamp over the seal maker's signature (GM/T 0031-2025).</summary>
    SealTimestamp,

    /// <summary>The signer's certificate is one of those the seal lists.</summary>
    SignerListed,

    /// <summary>The signer's certificate was in its validity at the time of signing.</summary>
    SignerCertificatePeriod,

    /// <summary>The data hash is that of the protected bytes.</summary>
    DataHash,

    /// <summary>The signer's signature over hash, time, range and seal.</summary>
    SignatureValue,

    /// <summary>The timestamp over the signature value.</summary>
    SignatureTimestamp,
}
