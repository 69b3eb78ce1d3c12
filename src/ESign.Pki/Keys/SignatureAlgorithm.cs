using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>A signature algorithm with all its parameters fixed: what a key signs with and a verifier checks.</summary>
/// <remarks>
/// RSA: RFC 8017 and RFC 4055 (PSS with MGF1 of the same digest and a salt as long as the digest);
/// ECDSA: RFC 5758 and RFC 8692 (SHA-3: NIST CSOR); SM2: GB/T 32918.2 with the user id <c>1234567812345678</c>;
/// Ed25519: RFC 8032 and RFC 8410, verification only.
/// </remarks>
public sealed class SignatureAlgorithm
{
    private SignatureAlgorithm(string name, SignatureScheme scheme, DigestAlgorithm digest, string oid, string? curve = null, byte[]? sm2UserId = null)
    {
        Name = name;
        Scheme = scheme;
        Digest = digest;
        Oid = oid;
        CurveOid = curve;
        Sm2UserId = sm2UserId;
        Identifier = scheme switch
        {
            SignatureScheme.RsaPkcs1 => AlgorithmIdentifier.WithNull(oid),
            SignatureScheme.RsaPss => new PssParameters(digest, digest, digest.SizeInBytes).ToAlgorithmIdentifier(),
            _ => new AlgorithmIdentifier(oid),
        };
    }

    /// <summary>RSA PKCS#1 v1.5 with SHA-256.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha256 { get; } = new("RSA-PKCS1-SHA256", SignatureScheme.RsaPkcs1, DigestAlgorithm.Sha256, "1.2.840.113549.1.1.11");

    /// <summary>RSA PKCS#1 v1.5 with SHA-384.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha384 { get; } = new("RSA-PKCS1-SHA384", SignatureScheme.RsaPkcs1, DigestAlgorithm.Sha384, "1.2.840.113549.1.1.12");

    /// <summary>RSA PKCS#1 v1.5 with SHA-512.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha512 { get; } = new("RSA-PKCS1-SHA512", SignatureScheme.RsaPkcs1, DigestAlgorithm.Sha512, "1.2.840.113549.1.1.13");

    /// <summary>RSA PKCS#1 v1.5 with SHA3-256.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha3_256 { get; } = new("RSA-PKCS1-SHA3-256", SignatureScheme.RsaPkcs1, DigestAlgorithm.Sha3_256, "2.16.840.1.101.3.4.3.14");

    /// <summary>RSA PKCS#1 v1.5 with SHA3-384.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha3_384 { get; } = new("RSA-PKCS1-SHA3-384", SignatureScheme.RsaPkcs1, DigestAlgorithm.Sha3_384, "2.16.840.1.101.3.4.3.15");

    /// <summary>RSA PKCS#1 v1.5 with SHA3-512.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha3_512 { get; } = new("RSA-PKCS1-SHA3-512", SignatureScheme.RsaPkcs1, DigestAlgorithm.Sha3_512, "2.16.840.1.101.3.4.3.16");

    /// <summary>RSA PSS with SHA-256, MGF1-SHA-256 and a 32-byte salt.</summary>
    public static SignatureAlgorithm RsaPssSha256 { get; } = new("RSA-PSS-SHA256", SignatureScheme.RsaPss, DigestAlgorithm.Sha256, "1.2.840.113549.1.1.10");

    /// <summary>RSA PSS with SHA-384, MGF1-SHA-384 and a 48-byte salt.</summary>
    public static SignatureAlgorithm RsaPssSha384 { get; } = new("RSA-PSS-SHA384", SignatureScheme.RsaPss, DigestAlgorithm.Sha384, "1.2.840.113549.1.1.10");

    /// <summary>RSA PSS with SHA-512, MGF1-SHA-512 and a 64-byte salt.</summary>
    public static SignatureAlgorithm RsaPssSha512 { get; } = new("RSA-PSS-SHA512", SignatureScheme.RsaPss, DigestAlgorithm.Sha512, "1.2.840.113549.1.1.10");

    /// <summary>RSA PSS with SHA3-256.</summary>
    public static SignatureAlgorithm RsaPssSha3_256 { get; } = new("RSA-PSS-SHA3-256", SignatureScheme.RsaPss, DigestAlgorithm.Sha3_256, "1.2.840.113549.1.1.10");

    /// <summary>RSA PSS with SHA3-384.</summary>
    public static SignatureAlgorithm RsaPssSha3_384 { get; } = new("RSA-PSS-SHA3-384", SignatureScheme.RsaPss, DigestAlgorithm.Sha3_384, "1.2.840.113549.1.1.10");

    /// <summary>RSA PSS with SHA3-512.</summary>
    public static SignatureAlgorithm RsaPssSha3_512 { get; } = new("RSA-PSS-SHA3-512", SignatureScheme.RsaPss, DigestAlgorithm.Sha3_512, "1.2.840.113549.1.1.10");

    /// <summary>ECDSA on P-256 with SHA-256.</summary>
    public static SignatureAlgorithm EcdsaP256Sha256 { get; } = new("ECDSA-P256-SHA256", SignatureScheme.Ecdsa, DigestAlgorithm.Sha256, "1.2.840.10045.4.3.2", "1.2.840.10045.3.1.7");

    /// <summary>ECDSA on P-384 with SHA-384.</summary>
    public static SignatureAlgorithm EcdsaP384Sha384 { get; } = new("ECDSA-P384-SHA384", SignatureScheme.Ecdsa, DigestAlgorithm.Sha384, "1.2.840.10045.4.3.3", "1.3.132.0.34");

    /// <summary>ECDSA on P-521 with SHA-512.</summary>
    public static SignatureAlgorithm EcdsaP521Sha512 { get; } = new("ECDSA-P521-SHA512", SignatureScheme.Ecdsa, DigestAlgorithm.Sha512, "1.2.840.10045.4.3.4", "1.3.132.0.35");

    /// <summary>ECDSA on P-256 with SHA3-256.</summary>
    public static SignatureAlgorithm EcdsaP256Sha3_256 { get; } = new("ECDSA-P256-SHA3-256", SignatureScheme.Ecdsa, DigestAlgorithm.Sha3_256, "2.16.840.1.101.3.4.3.10", "1.2.840.10045.3.1.7");

    /// <summary>ECDSA on NIST P-384 with SHA3-384.</summary>
    public static SignatureAlgorithm EcdsaP384Sha3_384 { get; } = new("ECDSA-P384-SHA3-384", SignatureScheme.Ecdsa, DigestAlgorithm.Sha3_384, "2.16.840.1.101.3.4.3.11", "1.3.132.0.34");

    /// <summary>ECDSA on NIST P-521 with SHA3-512.</summary>
    public static SignatureAlgorithm EcdsaP521Sha3_512 { get; } = new("ECDSA-P521-SHA3-512", SignatureScheme.Ecdsa, DigestAlgorithm.Sha3_512, "2.16.840.1.101.3.4.3.12", "1.3.132.0.35");

    /// <summary>ECDSA on brainpoolP256r1 with SHA-256. Needs a platform with brainpool curves.</summary>
    public static SignatureAlgorithm EcdsaBrainpoolP256Sha256 { get; } = new("ECDSA-BRAINPOOLP256R1-SHA256", SignatureScheme.Ecdsa, DigestAlgorithm.Sha256, "1.2.840.10045.4.3.2", "1.3.36.3.3.2.8.1.1.7");

    /// <summary>ECDSA on brainpoolP384r1 with SHA-384. Needs a platform with brainpool curves.</summary>
    public static SignatureAlgorithm EcdsaBrainpoolP384Sha384 { get; } = new("ECDSA-BRAINPOOLP384R1-SHA384", SignatureScheme.Ecdsa, DigestAlgorithm.Sha384, "1.2.840.10045.4.3.3", "1.3.36.3.3.2.8.1.1.11");

    /// <summary>ECDSA on brainpoolP512r1 with SHA-512. Needs a platform with brainpool curves.</summary>
    public static SignatureAlgorithm EcdsaBrainpoolP512Sha512 { get; } = new("ECDSA-BRAINPOOLP512R1-SHA512", SignatureScheme.Ecdsa, DigestAlgorithm.Sha512, "1.2.840.10045.4.3.4", "1.3.36.3.3.2.8.1.1.13");

    /// <summary>SM2 with SM3 (GM/T 0009 user id <c>1234567812345678</c>).</summary>
    public static SignatureAlgorithm Sm2Sm3 { get; } = new("SM2-SM3", SignatureScheme.Sm2, DigestAlgorithm.Sm3, "1.2.156.10197.1.501", "1.2.156.10197.1.301");

    /// <summary>
    /// SM2 with SM3 under the empty user id, OpenSSL's default: for documents that <c>openssl cms</c> and software like it shall
    /// check. Verifiers that follow GM/T 0009 refuse such a signature; ours passes it with a warning.
    /// </summary>
    /// <remarks>For CMS signatures alone: certification authorities and GB/T 38540 seals refuse it.</remarks>
    public static SignatureAlgorithm Sm2Sm3EmptyUserId { get; } = new("SM2-SM3-EMPTY-ID", SignatureScheme.Sm2, DigestAlgorithm.Sm3, Sm2Sm3.Oid, Sm2Sm3.CurveOid, sm2UserId: []);

    /// <summary>Every algorithm that certificates and keys are made for; <see cref="Sm2Sm3EmptyUserId"/> is another use of the same keys.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All { get; } =
    [
        RsaPkcs1Sha256, RsaPkcs1Sha384, RsaPkcs1Sha512, RsaPkcs1Sha3_256, RsaPkcs1Sha3_384, RsaPkcs1Sha3_512,
        RsaPssSha256, RsaPssSha384, RsaPssSha512, RsaPssSha3_256, RsaPssSha3_384, RsaPssSha3_512,
        EcdsaP256Sha256, EcdsaP384Sha384, EcdsaP521Sha512, EcdsaP256Sha3_256, EcdsaP384Sha3_384, EcdsaP521Sha3_512,
        EcdsaBrainpoolP256Sha256, EcdsaBrainpoolP384Sha384, EcdsaBrainpoolP512Sha512, Sm2Sm3,
    ];

    /// <summary>The name used in settings and on the command line, for example <c>ECDSA-P256-SHA256</c>.</summary>
    public string Name { get; }

    /// <summary>The family: RSA PKCS#1 v1.5, RSA PSS, ECDSA or SM2.</summary>
    internal SignatureScheme Scheme { get; }

    /// <summary>The message digest.</summary>
    public DigestAlgorithm Digest { get; }

    /// <summary>The object identifier of the signature algorithm in dotted form.</summary>
    public string Oid { get; }

    /// <summary>The curve's object identifier, or <see langword="null"/> for RSA.</summary>
    public string? CurveOid { get; }

    /// <summary>The user id that SM2 digests with the message (GB/T 32918.2 §5.5), or <see langword="null"/> for that of GM/T 0009.</summary>
    internal byte[]? Sm2UserId { get; }

    /// <summary>
    /// The identifier as certificates and CMS <c>signatureAlgorithm</c> carry it: PKCS#1 v1.5 with NULL (RFC 4055 §5),
    /// PSS with its parameters (RFC 4055 §3.1), ECDSA (RFC 5758 §3.2) and SM2 without parameters.
    /// </summary>
    internal AlgorithmIdentifier Identifier { get; }

    /// <summary>Finds an algorithm by its <see cref="Name"/>, in any case.</summary>
    /// <param name="name">For example <c>ECDSA-P256-SHA256</c>.</param>
    /// <returns>The algorithm, or <see langword="null"/> when there is none of that name.</returns>
    public static SignatureAlgorithm? FromName(string name)
    {
        foreach (SignatureAlgorithm algorithm in (ReadOnlySpan<SignatureAlgorithm>)[.. All, Sm2Sm3EmptyUserId])
        {
            if (string.Equals(algorithm.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return algorithm;
            }
        }

        return null;
    }

    /// <summary>The usual algorithm of a public key: PKCS#1 v1.5 with SHA-256 for RSA, the curve's otherwise; <see langword="null"/> where the kind of key is not known.</summary>
    /// <exception cref="Asn1FormatException">It is no SubjectPublicKeyInfo.</exception>
    internal static SignatureAlgorithm? FromPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        AlgorithmIdentifier key = SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo).Algorithm;
        if (string.Equals(key.Oid, Oids.RsaEncryption, StringComparison.Ordinal))
        {
            return RsaPkcs1Sha256;
        }

        var curve = new DerReader(key.Parameters);
        return curve.NextIs(Asn1Tag.ObjectIdentifier) ? FromCurve(curve.ReadObjectIdentifier()) : null;
    }

    /// <summary>Finds an algorithm for keys on a curve; the first in <see cref="All"/> is the curve's usual one.</summary>
    internal static SignatureAlgorithm? FromCurve(string curveOid)
    {
        foreach (SignatureAlgorithm algorithm in All)
        {
            if (string.Equals(algorithm.CurveOid, curveOid, StringComparison.Ordinal))
            {
                return algorithm;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
