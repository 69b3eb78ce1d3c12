using System.Numerics;
using System.Security.Cryptography;
using ESign.Pki.Keys.Gm;

namespace ESign.Pki.Keys;

/// <summary>An SM2 public key: native where the platform proved to compute SM2, in plain arithmetic otherwise.</summary>
/// <remarks>GB/T 32918.2 §7; GM/T 0009 §7.1 (the point as 04 ‖ X ‖ Y).</remarks>
internal sealed class Sm2VerificationKey : VerificationKey
{
    private readonly byte[] _point;
    private readonly byte[] _defaultZ;
    private readonly ECDsa? _native;

    private Sm2VerificationKey(byte[] point, ECDsa? native)
    {
        _point = point;
        _defaultZ = Sm2.ComputeZ(point, Sm2.DefaultUserId);
        _native = native;
    }

    /// <summary>Imports the point for the platform's cryptography or for plain arithmetic.</summary>
    public static Sm2VerificationKey? Import(ReadOnlyMemory<byte> encodedPoint, bool native, out SignatureCheck failure)
    {
        ReadOnlySpan<byte> octets = encodedPoint.Span;
        const int Size = Sm2Curve.FieldSizeInBytes;
        if (octets.Length != (2 * Size) + 1 || octets[0] != 4
            || !Sm2Curve.Contains(EcSignatureValue.ToNumber(octets.Slice(1, Size)), EcSignatureValue.ToNumber(octets[(1 + Size)..])))
        {
            failure = SignatureCheck.Invalid("the public key is no point of the SM2 curve");
            return null;
        }

        failure = default;
        byte[] point = octets[1..].ToArray();
        return new Sm2VerificationKey(point, native ? Sm2.ImportPublicKey(point) : null);
    }

    /// <summary>Z of this key (GB/T 32918.2 §5.5): the message is digested after it.</summary>
    private byte[] ComputeZ(ReadOnlySpan<byte> userId) =>
        userId.SequenceEqual(Sm2.DefaultUserId) ? _defaultZ : Sm2.ComputeZ(_point, userId);

    public override SignatureCheck Verify(SignatureParameters parameters, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> sm2UserId)
    {
        if (parameters.Family != SignatureFamily.Sm2)
        {
            return Mismatch(parameters);
        }

        Span<byte> e = stackalloc byte[Sm3Digest.SizeInBytes];
        Sm2.ComputeE(ComputeZ(sm2UserId), message, e);
        return VerifyDigest(parameters, e, signature);
    }

    /// <remarks>Measured of the plain arithmetic of <see cref="Sm2Curve"/>.</remarks>
    public override int CostInMilliseconds(SignatureParameters parameters) => _native is null ? 5 : 1;

    public override SignatureCheck VerifyDigest(SignatureParameters parameters, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature)
    {
        if (parameters.Family != SignatureFamily.Sm2 || digest.Length != Sm3Digest.SizeInBytes)
        {
            return Mismatch(parameters);
        }

        Span<byte> value = stackalloc byte[2 * Sm2Curve.FieldSizeInBytes];
        if (!EcSignatureValue.TryDecode(signature, value))
        {
            return SignatureCheck.Invalid("the signature value is no DER SEQUENCE of two INTEGERs of the curve");
        }

        if (_native is not null)
        {
            return SignatureCheck.From(_native.VerifyHash(digest, value, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
        }

        BigInteger r = EcSignatureValue.ToNumber(value[..Sm2Curve.FieldSizeInBytes]);
        BigInteger s = EcSignatureValue.ToNumber(value[Sm2Curve.FieldSizeInBytes..]);
        return SignatureCheck.From(Sm2.VerifyManaged(_point, digest, r, s));
    }
}
