namespace ESign.Pki.Asn1;

/// <summary>Message digests: RFC 8017 App. C, NIST CSOR, GM/T 0006.</summary>
internal static partial class Oids
{
    public const string Md5 = "1.2.840.113549.2.5";
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha224 = "2.16.840.1.101.3.4.2.4";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";
    public const string Sha3_224 = "2.16.840.1.101.3.4.2.7";
    public const string Sha3_256 = "2.16.840.1.101.3.4.2.8";
    public const string Sha3_384 = "2.16.840.1.101.3.4.2.9";
    public const string Sha3_512 = "2.16.840.1.101.3.4.2.10";
    public const string Shake256 = "2.16.840.1.101.3.4.2.12";
    public const string Shake256Len = "2.16.840.1.101.3.4.2.18";
    public const string Sm3 = "1.2.156.10197.1.401";
}
