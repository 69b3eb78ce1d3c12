using System.Numerics;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>What a public key is: its algorithm, curve and size. Read without the platform, so that it is known of keys nobody can use too.</summary>
/// <remarks>RFC 3279 §2.3.1, §2.3.2; RFC 5480 §2.1; RFC 8410 §3.</remarks>
/// <param name="Algorithm">RSA, DSA, EC, SM2, Ed25519, Ed448, or the object identifier.</param>
/// <param name="Curve">The curve's name, or its object identifier; null without a named curve.</param>
/// <param name="SizeInBits">The modulus, or the curve's field; null when it is not known.</param>
internal sealed record PublicKeyKind(string Algorithm, string? Curve = null, int? SizeInBits = null)
{
    private static readonly Dictionary<string, (string Name, int Size)> s_curves = new(StringComparer.Ordinal)
    {
        [Oids.P192] = ("secp192r1", 192),
        [Oids.P224] = ("secp224r1", 224),
        [Oids.P256] = ("secp256r1", 256),
        [Oids.P384] = ("secp384r1", 384),
        [Oids.P521] = ("secp521r1", 521),
        [Oids.Secp256k1] = ("secp256k1", 256),
        [Oids.BrainpoolP224r1] = ("brainpoolP224r1", 224),
        [Oids.BrainpoolP256r1] = ("brainpoolP256r1", 256),
        [Oids.BrainpoolP320r1] = ("brainpoolP320r1", 320),
        [Oids.BrainpoolP384r1] = ("brainpoolP384r1", 384),
        [Oids.BrainpoolP512r1] = ("brainpoolP512r1", 512),
        [Oids.Sm2Curve] = ("sm2p256v1", 256),
    };

    /// <summary>Looks at a key; null when the bytes are none.</summary>
    /// <param name="subjectPublicKeyInfo">The DER <c>SubjectPublicKeyInfo</c>.</param>
    public static PublicKeyKind? Read(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo);
            return info.Algorithm.Oid switch
            {
                Oids.RsaEncryption or Oids.RsaPss => new PublicKeyKind("RSA", SizeInBits: FirstInteger(info.PublicKey)),
                Oids.Dsa => new PublicKeyKind("DSA", SizeInBits: info.Algorithm.HasAbsentOrNullParameters ? null : FirstInteger(info.Algorithm.Parameters)),
                Oids.EcPublicKey => OfCurve(info.Algorithm.Parameters),
                Oids.Sm2Curve => new PublicKeyKind("SM2", "sm2p256v1", 256),
                Oids.Ed25519 => new PublicKeyKind("Ed25519", SizeInBits: 256),
                Oids.Ed448 => new PublicKeyKind("Ed448", SizeInBits: 456),
                string other => new PublicKeyKind(other),
            };
        }
        catch (Asn1FormatException)
        {
            return null;
        }
    }

    // RFC 8017 §A.1.1: the modulus; RFC 3279 §2.3.2: the prime p
    private static int FirstInteger(ReadOnlyMemory<byte> sequence) =>
        (int)new BigInteger(DerReader.OpenSequence(sequence).ReadIntegerBytes().Span, isUnsigned: true, isBigEndian: true).GetBitLength();

    private static PublicKeyKind OfCurve(ReadOnlyMemory<byte> parameters)
    {
        var reader = new DerReader(parameters);
        if (!reader.NextIs(System.Formats.Asn1.Asn1Tag.ObjectIdentifier))
        {
            return new PublicKeyKind("EC"); // a curve by its own parameters has no name to go by
        }

        string oid = reader.ReadObjectIdentifier();
        string algorithm = string.Equals(oid, Oids.Sm2Curve, StringComparison.Ordinal) ? "SM2" : "EC";
        return s_curves.TryGetValue(oid, out (string Name, int Size) curve)
            ? new PublicKeyKind(algorithm, curve.Name, curve.Size)
            : new PublicKeyKind(algorithm, oid);
    }
}
