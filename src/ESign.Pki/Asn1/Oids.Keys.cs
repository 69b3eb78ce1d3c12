namespace ESign.Pki.Asn1;

/// <summary>Key types and curves: RFC 8017 App. C, RFC 5480 §2.1, SEC 2, RFC 5639 §4, RFC 8410 §3, GM/T 0006.</summary>
internal static partial class Oids
{
    public const string RsaEncryption = "1.2.840.113549.1.1.1";
    public const string Dsa = "1.2.840.10040.4.1";
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string Ed25519 = "1.3.101.112";
    public const string Ed448 = "1.3.101.113";

    public const string P192 = "1.2.840.10045.3.1.1";
    public const string P224 = "1.3.132.0.33";
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";
    public const string Secp256k1 = "1.3.132.0.10";
    public const string BrainpoolP224r1 = "1.3.36.3.3.2.8.1.1.5";
    public const string BrainpoolP256r1 = "1.3.36.3.3.2.8.1.1.7";
    public const string BrainpoolP320r1 = "1.3.36.3.3.2.8.1.1.9";
    public const string BrainpoolP384r1 = "1.3.36.3.3.2.8.1.1.11";
    public const string BrainpoolP512r1 = "1.3.36.3.3.2.8.1.1.13";

    /// <summary>sm2p256v1; some encoders also write it as the key's algorithm in place of id-ecPublicKey.</summary>
    public const string Sm2Curve = "1.2.156.10197.1.301";
}
