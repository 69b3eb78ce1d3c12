namespace ESign.Pki.Asn1;

/// <summary>Signature algorithms: RFC 8017 App. C, RFC 4055 §5, RFC 5758 §3, BSI TR-03111, NIST CSOR (SHA-3), GM/T 0006.</summary>
internal static partial class Oids
{
    public const string Md5WithRsa = "1.2.840.113549.1.1.4";
    public const string Sha1WithRsa = "1.2.840.113549.1.1.5";
    public const string Sha1WithRsaOiw = "1.3.14.3.2.29";
    public const string Mgf1 = "1.2.840.113549.1.1.8";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string Sha256WithRsa = "1.2.840.113549.1.1.11";
    public const string Sha384WithRsa = "1.2.840.113549.1.1.12";
    public const string Sha512WithRsa = "1.2.840.113549.1.1.13";
    public const string Sha224WithRsa = "1.2.840.113549.1.1.14";
    public const string Sha3_224WithRsa = "2.16.840.1.101.3.4.3.13";
    public const string Sha3_256WithRsa = "2.16.840.1.101.3.4.3.14";
    public const string Sha3_384WithRsa = "2.16.840.1.101.3.4.3.15";
    public const string Sha3_512WithRsa = "2.16.840.1.101.3.4.3.16";

    public const string EcdsaWithSha1 = "1.2.840.10045.4.1";
    public const string EcdsaWithSha224 = "1.2.840.10045.4.3.1";
    public const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    public const string EcdsaWithSha384 = "1.2.840.10045.4.3.3";
    public const string EcdsaWithSha512 = "1.2.840.10045.4.3.4";
    public const string EcdsaWithSha3_224 = "2.16.840.1.101.3.4.3.9";
    public const string EcdsaWithSha3_256 = "2.16.840.1.101.3.4.3.10";
    public const string EcdsaWithSha3_384 = "2.16.840.1.101.3.4.3.11";
    public const string EcdsaWithSha3_512 = "2.16.840.1.101.3.4.3.12";

    // BSI TR-03111 §5.2.1.1: the value is r ‖ s in fixed width.
    public const string EcdsaPlainSha1 = "0.4.0.127.0.7.1.1.4.1.1";
    public const string EcdsaPlainSha224 = "0.4.0.127.0.7.1.1.4.1.2";
    public const string EcdsaPlainSha256 = "0.4.0.127.0.7.1.1.4.1.3";
    public const string EcdsaPlainSha384 = "0.4.0.127.0.7.1.1.4.1.4";
    public const string EcdsaPlainSha512 = "0.4.0.127.0.7.1.1.4.1.5";

    public const string DsaWithSha1 = "1.2.840.10040.4.3";
    public const string DsaWithSha224 = "2.16.840.1.101.3.4.3.1";
    public const string DsaWithSha256 = "2.16.840.1.101.3.4.3.2";
    public const string DsaWithSha384 = "2.16.840.1.101.3.4.3.3";
    public const string DsaWithSha512 = "2.16.840.1.101.3.4.3.4";

    /// <summary>SM2 signature without a digest in its name (GB/T 35275 digestEncryptionAlgorithm).</summary>
    public const string Sm2Sign = "1.2.156.10197.1.301.1";
    public const string Sm2WithSm3 = "1.2.156.10197.1.501";
}
