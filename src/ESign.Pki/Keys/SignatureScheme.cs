namespace ESign.Pki.Keys;

/// <summary>The families of signature algorithms ESign signs with.</summary>
internal enum SignatureScheme
{
    /// <summary>RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).</summary>
    RsaPkcs1,

    /// <summary>RSASSA-PSS (RFC 8017 §8.1).</summary>
    RsaPss,

    /// <summary>ECDSA, its value DER-encoded (RFC 3279 §2.2.3).</summary>
    Ecdsa,

    /// <summary>SM2, its value DER-encoded (GM/T 0009).</summary>
    Sm2,
}
