using System.Numerics;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>An RSA public key, perhaps restricted to PSS.</summary>
/// <remarks>
/// RFC 8017 §8; RFC 4055 §1.2 (id-RSASSA-PSS keys). Native where the platform has the digest and, for PSS, where mask
/// digest and salt follow the digest; otherwise, and for digests of the past that platforms may refuse, the public
/// operation is computed here and the encoding checked by <see cref="RsaEncoding"/>.
/// </remarks>
internal sealed class RsaVerificationKey : VerificationKey
{
    /// <summary>Smaller moduli can be factored at once; to be judged they are of no use.</summary>
    private const int MinimumModulusBits = 512;

    /// <summary>The limits of OpenSSL against slow public operations (OPENSSL_RSA_MAX_MODULUS_BITS and following).</summary>
    private const int MaximumModulusBits = 16384;
    private const int SmallModulusBits = 3072;
    private const int MaximumExponentBits = 64;

    private readonly BigInteger _n;
    private readonly BigInteger _e;
    private readonly int _modulusBits;
    private readonly RSA _native;
    private readonly bool _pssOnly;
    private readonly PssParameters? _restriction;

    private RsaVerificationKey(BigInteger n, BigInteger e, bool pssOnly, PssParameters? restriction)
    {
        _n = n;
        _e = e;
        _modulusBits = (int)n.GetBitLength();
        _pssOnly = pssOnly;
        _restriction = restriction;
        _native = RSA.Create(new RSAParameters
        {
            Modulus = n.ToByteArray(isUnsigned: true, isBigEndian: true),
            Exponent = e.ToByteArray(isUnsigned: true, isBigEndian: true),
        });
    }

    public static RsaVerificationKey? Import(SubjectPublicKeyInfo info, out SignatureCheck failure)
    {
        bool pssOnly = string.Equals(info.Algorithm.Oid, Oids.RsaPss, StringComparison.Ordinal);
        PssParameters? restriction = null;
        if (pssOnly && info.Algorithm.HasParameters)
        {
            restriction = PssParameters.Decode(info.Algorithm.Parameters, out string unsupported);
            if (restriction is null)
            {
                failure = SignatureCheck.Unsupported(unsupported);
                return null;
            }
        }

        // RFC 3279 §2.3.1: NULL; some writers leave it out.
        if (!pssOnly && !info.Algorithm.HasAbsentOrNullParameters)
        {
            failure = SignatureCheck.Invalid("the algorithm of the RSA key has parameters it must not have");
            return null;
        }

        // RFC 8017 A.1.1: RSAPublicKey ::= SEQUENCE { modulus INTEGER, publicExponent INTEGER }
        DerReader sequence = DerReader.OpenSequence(info.PublicKey);
        BigInteger n = ReadUnsigned(sequence);
        BigInteger e = ReadUnsigned(sequence);
        sequence.ThrowIfNotEmpty();
        failure = Judge(n, e);
        return failure == default ? new RsaVerificationKey(n, e, pssOnly, restriction) : null;
    }

    public override SignatureCheck VerifyDigest(SignatureParameters parameters, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        switch (parameters.Family)
        {
            case SignatureFamily.RsaPkcs1 when _pssOnly:
                return SignatureCheck.Invalid("the public key is for RSASSA-PSS alone");
            case SignatureFamily.RsaPkcs1:
                return VerifyPkcs1(parameters.Digest!, digest, signature);
            case SignatureFamily.RsaPss when _restriction is { } restriction && !restriction.Permits(parameters.Pss!):
                return SignatureCheck.Invalid("the public key is for other RSASSA-PSS parameters");
            case SignatureFamily.RsaPss:
                return VerifyPss(parameters.Pss!, digest, signature);
            default:
                return Mismatch(parameters);
        }
    }

    /// <summary>A national identity card issued thousands of keys whose modulus lacks its leading zero octet; it is never negative.</summary>
    private static BigInteger ReadUnsigned(DerReader sequence) => new(sequence.ReadIntegerBytes().Span, isUnsigned: true, isBigEndian: true);

    /// <remarks>Measured: squaring the modulus for each bit of the exponent, 2³² bit operations a millisecond natively, a twelfth of that here.</remarks>
    public override int CostInMilliseconds(SignatureParameters parameters)
    {
        long operations = (long)_modulusBits * _modulusBits * _e.GetBitLength();
        return (int)((IsNative(parameters) ? operations : 12 * operations) >> 32);
    }

    private static SignatureCheck Judge(BigInteger n, BigInteger e)
    {
        long bits = n.GetBitLength();
        if (n.Sign <= 0 || n.IsEven || e.IsEven || e < 3 || e >= n)
        {
            return SignatureCheck.Invalid("the numbers of the public key are no RSA key");
        }

        return bits is < MinimumModulusBits or > MaximumModulusBits || (bits > SmallModulusBits && e.GetBitLength() > MaximumExponentBits)
            ? SignatureCheck.Unsupported($"an RSA key of {bits} bits with an exponent of {e.GetBitLength()} bits")
            : default;
    }

    private SignatureCheck VerifyPkcs1(DigestAlgorithm algorithm, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (IsNative(algorithm))
        {
            return SignatureCheck.From(_native.VerifyHash(digest, signature, algorithm.Native!.Value, RSASignaturePadding.Pkcs1));
        }

        return SignatureCheck.From(TryOpen(signature, out byte[] message) && RsaEncoding.IsPkcs1(message, algorithm, digest));
    }

    private SignatureCheck VerifyPss(PssParameters pss, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (IsNative(pss))
        {
            return SignatureCheck.From(_native.VerifyHash(digest, signature, pss.Digest.Native!.Value, RSASignaturePadding.Pss));
        }

        return SignatureCheck.From(TryOpen(signature, out byte[] message) && RsaEncoding.IsPss(message, _modulusBits - 1, pss, digest));
    }

    private static bool IsNative(SignatureParameters parameters) =>
        parameters.Pss is { } pss ? IsNative(pss) : parameters.Digest is { } digest && IsNative(digest);

    private static bool IsNative(PssParameters pss) =>
        IsNative(pss.Digest) && pss.MaskDigest == pss.Digest && pss.SaltLength == pss.Digest.SizeInBytes;

    private static bool IsNative(DigestAlgorithm digest) => digest.Native is not null && digest.IsAcceptableForSigning;

    /// <summary>RSAVP1 (RFC 8017 §5.2.2): the encoded message, as long as the modulus.</summary>
    private bool TryOpen(ReadOnlySpan<byte> signature, out byte[] message)
    {
        message = new byte[(_modulusBits + 7) / 8];
        var s = new BigInteger(signature, isUnsigned: true, isBigEndian: true);
        if (signature.Length != message.Length || s >= _n)
        {
            return false;
        }

        BigInteger m = BigInteger.ModPow(s, _e, _n);
        return m.TryWriteBytes(message.AsSpan(message.Length - m.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
    }
}
