using System.Numerics;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>An elliptic-curve key on a named curve of the platform.</summary>
/// <remarks>
/// FIPS 186-5 §6.4; RFC 5480 §2.2 (uncompressed points, and compressed ones on curves whose prime is 3 modulo 4: all but P-224).
/// The DER value is read here, strictly, and given to the platform as r ‖ s: the platform's own DER reading accepts integers
/// without their sign octet.
/// </remarks>
internal sealed class EcdsaVerificationKey : VerificationKey
{
    private const int LargestFieldSizeInBytes = 66;

    private readonly ECDsa _key;
    private readonly int _fieldSize;

    private EcdsaVerificationKey(ECDsa key, int fieldSize)
    {
        _key = key;
        _fieldSize = fieldSize;
    }

    public static EcdsaVerificationKey? Import(string curve, ReadOnlyMemory<byte> point, out SignatureCheck failure)
    {
        failure = default;
        int fieldSize = FieldSizeOf(curve);
        ReadOnlySpan<byte> octets = point.Span;
        if (fieldSize == 0)
        {
            failure = SignatureCheck.Unsupported($"the elliptic curve {curve}");
        }
        else if (octets.Length == fieldSize + 1 && octets[0] is 2 or 3)
        {
            return ImportCompressed(curve, octets, fieldSize, out failure);
        }
        else if (octets.Length != (2 * fieldSize) + 1 || octets[0] != 4)
        {
            failure = SignatureCheck.Invalid("the public key is no point of its curve");
        }

        return failure == default ? Import(curve, octets[1..], fieldSize, out failure) : null;
    }

    public override SignatureCheck VerifyDigest(SignatureParameters parameters, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (parameters.Family == SignatureFamily.EcdsaPlain)
        {
            return SignatureCheck.From(signature.Length == 2 * _fieldSize && _key.VerifyHash(digest, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }

        if (parameters.Family != SignatureFamily.Ecdsa)
        {
            return Mismatch(parameters);
        }

        Span<byte> value = stackalloc byte[2 * LargestFieldSizeInBytes];
        value = value[..(2 * _fieldSize)];
        return EcSignatureValue.TryDecode(signature, value)
            ? SignatureCheck.From(_key.VerifyHash(digest, value, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            : SignatureCheck.Invalid("the signature value is no DER SEQUENCE of two INTEGERs of the curve");
    }

    private static EcdsaVerificationKey? Import(string curve, ReadOnlySpan<byte> point, int fieldSize, out SignatureCheck failure)
    {
        var parameters = new ECParameters
        {
            Curve = ECCurve.CreateFromValue(curve),
            Q = new ECPoint { X = point[..fieldSize].ToArray(), Y = point[fieldSize..].ToArray() },
        };
        try
        {
            failure = default;
            return new EcdsaVerificationKey(ECDsa.Create(parameters), fieldSize);
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            failure = IsOnPlatform(parameters.Curve)
                ? SignatureCheck.Invalid("the public key is no point of its curve")
                : SignatureCheck.Unsupported($"the elliptic curve {curve} on this platform");
            return null;
        }
    }

    // SEC 1 §2.3.4 step 2: y² = x³ + ax + b, and of the two roots the one with the parity the first octet gives.
    private static EcdsaVerificationKey? ImportCompressed(string curve, ReadOnlySpan<byte> octets, int fieldSize, out SignatureCheck failure)
    {
        if (!IsOnPlatform(ECCurve.CreateFromValue(curve)))
        {
            failure = SignatureCheck.Unsupported($"the elliptic curve {curve} on this platform");
            return null;
        }

        using ECDsa any = ECDsa.Create(ECCurve.CreateFromValue(curve));
        ECCurve parameters = any.ExportExplicitParameters(includePrivateParameters: false).Curve;
        BigInteger p = EcSignatureValue.ToNumber(parameters.Prime);
        if ((p & 3) != 3)
        {
            failure = SignatureCheck.Unsupported("a compressed point of " + curve);
            return null;
        }

        BigInteger x = EcSignatureValue.ToNumber(octets[1..]);
        BigInteger square = ((((x * x) + EcSignatureValue.ToNumber(parameters.A)) * x) + EcSignatureValue.ToNumber(parameters.B)) % p;
        BigInteger y = BigInteger.ModPow(square, (p + 1) / 4, p);
        if (x >= p || (y * y) % p != square)
        {
            failure = SignatureCheck.Invalid("the public key is no point of its curve");
            return null;
        }

        y = y.IsEven == (octets[0] == 2) ? y : p - y;
        byte[] point = new byte[2 * fieldSize];
        octets[1..].CopyTo(point);
        y.TryWriteBytes(point.AsSpan(point.Length - y.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return Import(curve, point, fieldSize, out failure);
    }

    private static bool IsOnPlatform(ECCurve curve)
    {
        try
        {
            using ECDsa key = ECDsa.Create(curve);
            return true;
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    private static int FieldSizeOf(string curve) => curve switch
    {
        Oids.P192 => 24,
        Oids.P224 or Oids.BrainpoolP224r1 => 28,
        Oids.P256 or Oids.BrainpoolP256r1 or Oids.Secp256k1 => 32,
        Oids.BrainpoolP320r1 => 40,
        Oids.P384 or Oids.BrainpoolP384r1 => 48,
        Oids.BrainpoolP512r1 => 64,
        Oids.P521 => LargestFieldSizeInBytes,
        _ => 0,
    };
}
