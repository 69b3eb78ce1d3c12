using System.Numerics;
using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>An Ed25519 or Ed448 public key.</summary>
/// <remarks>
/// RFC 8032 §5.1.7 and §5.2.7 without contexts or prehashing (RFC 8410, RFC 8419); the equation is checked without the
/// cofactor and R compared as octets, as OpenSSL does. Ed448 needs a platform with SHAKE256.
/// </remarks>
internal sealed class EdwardsVerificationKey : VerificationKey
{
    private readonly SignatureFamily _family;
    private readonly EdwardsCurve _curve;
    private readonly byte[] _encoded;
    private readonly EdwardsCurve.Point _point;

    private EdwardsVerificationKey(SignatureFamily family, EdwardsCurve curve, byte[] encoded, EdwardsCurve.Point point)
    {
        _family = family;
        _curve = curve;
        _encoded = encoded;
        _point = point;
    }

    public static EdwardsVerificationKey? Import(SubjectPublicKeyInfo info, out SignatureCheck failure)
    {
        SignatureFamily family = info.Algorithm.Oid is Oids.Ed25519 ? SignatureFamily.Ed25519 : SignatureFamily.Ed448;
        if (family == SignatureFamily.Ed448 && !Shake256.IsSupported)
        {
            failure = SignatureCheck.Unsupported("Ed448 on this platform");
            return null;
        }

        EdwardsCurve curve = family == SignatureFamily.Ed25519 ? EdwardsCurve.Edwards25519 : EdwardsCurve.Edwards448;
        if (info.Algorithm.HasParameters || curve.DecodePoint(info.PublicKey.Span) is not { } point)
        {
            failure = SignatureCheck.Invalid($"the public key is no {family} key");
            return null;
        }

        failure = default;
        return new EdwardsVerificationKey(family, curve, info.PublicKey.ToArray(), point);
    }

    public override SignatureCheck Verify(SignatureParameters parameters, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> sm2UserId)
    {
        if (parameters.Family != _family)
        {
            return Mismatch(parameters);
        }

        int length = _curve.EncodedLength;
        if (signature.Length != 2 * length)
        {
            return SignatureCheck.Invalid($"an {_family} signature has {2 * length} octets, not {signature.Length}");
        }

        ReadOnlySpan<byte> r = signature[..length];
        var s = new BigInteger(signature[length..], isUnsigned: true);
        if (s >= _curve.Order)
        {
            return SignatureCheck.Invalid("the scalar of the signature is not reduced");
        }

        BigInteger k = new BigInteger(Digest(r, message), isUnsigned: true) % _curve.Order;
        return SignatureCheck.From(r.SequenceEqual(_curve.EncodeDifference(s, k, _point)));
    }

    public override SignatureCheck VerifyDigest(SignatureParameters parameters, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature) =>
        parameters.Family == _family
            ? SignatureCheck.Unsupported($"{_family} signs the message itself, not its digest")
            : Mismatch(parameters);

    /// <remarks>Measured of the plain arithmetic of <see cref="EdwardsCurve"/>.</remarks>
    public override int CostInMilliseconds(SignatureParameters parameters) => _family == SignatureFamily.Ed25519 ? 5 : 20;

    // Ed25519: SHA-512(R ‖ A ‖ M); Ed448: SHAKE256(dom4(0, "") ‖ R ‖ A ‖ M, 114)
    private byte[] Digest(ReadOnlySpan<byte> r, ReadOnlySpan<byte> message)
    {
        if (_family == SignatureFamily.Ed25519)
        {
            using var sha512 = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
            sha512.AppendData(r);
            sha512.AppendData(_encoded);
            sha512.AppendData(message);
            return sha512.GetHashAndReset();
        }

        using var shake = new Shake256();
        shake.AppendData("SigEd448\0\0"u8);
        shake.AppendData(r);
        shake.AppendData(_encoded);
        shake.AppendData(message);
        return shake.GetHashAndReset(2 * _curve.EncodedLength);
    }
}
