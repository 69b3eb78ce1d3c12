using System.Security.Cryptography;
using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>A public key made ready to verify many signatures. Safe for use by many threads at once.</summary>
internal abstract class VerificationKey
{
    /// <summary>Imports a SubjectPublicKeyInfo.</summary>
    /// <param name="encoded">The DER bytes.</param>
    /// <param name="failure">On a null result: why.</param>
    public static VerificationKey? Import(ReadOnlyMemory<byte> encoded, out SignatureCheck failure)
    {
        try
        {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.Decode(encoded);
            switch (info.Algorithm.Oid)
            {
                case Oids.RsaEncryption or Oids.RsaPss:
                    return RsaVerificationKey.Import(info, out failure);
                case Oids.EcPublicKey:
                    return ImportElliptic(info, out failure);
                case Oids.Sm2Curve:
                    return Sm2VerificationKey.Import(info.PublicKey, Gm.Sm2.IsAvailable, out failure);
                case Oids.Ed25519 or Oids.Ed448:
                    return EdwardsVerificationKey.Import(info, out failure);
                default:
                    failure = SignatureCheck.Unsupported(info.Algorithm.Oid is Oids.Dsa ? "DSA" : $"public keys of type {info.Algorithm.Oid}");
                    return null;
            }
        }
        catch (Asn1FormatException exception)
        {
            failure = SignatureCheck.Invalid("the public key: " + exception.Message);
            return null;
        }
        catch (CryptographicException exception)
        {
            failure = SignatureCheck.Invalid("the public key is refused: " + exception.Message);
            return null;
        }
    }

    /// <summary>Verifies a signature over a message.</summary>
    /// <param name="parameters">The algorithm.</param>
    /// <param name="message">The signed bytes.</param>
    /// <param name="signature">The signature value.</param>
    /// <param name="sm2UserId">The signer's id; SM2 alone uses it.</param>
    public virtual SignatureCheck Verify(SignatureParameters parameters, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, ReadOnlySpan<byte> sm2UserId)
    {
        if (parameters.Digest is null)
        {
            return Mismatch(parameters);
        }

        Span<byte> digest = stackalloc byte[64];
        digest = digest[..parameters.Digest.SizeInBytes];
        parameters.Digest.Compute(message, digest);
        return VerifyDigest(parameters, digest, signature);
    }

    /// <summary>Verifies a signature over a digest (SM2: over e).</summary>
    public abstract SignatureCheck VerifyDigest(SignatureParameters parameters, ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature);

    /// <summary>About how many whole milliseconds one verification takes on a slow machine.</summary>
    public virtual int CostInMilliseconds(SignatureParameters parameters) => 1;

    protected static SignatureCheck Mismatch(SignatureParameters parameters) =>
        SignatureCheck.Invalid($"the public key is not of the kind {parameters.Family} needs");

    private static VerificationKey? ImportElliptic(SubjectPublicKeyInfo info, out SignatureCheck failure)
    {
        // RFC 5480 §2.1.1: namedCurve; a key with its own curve parameters could imitate another's (CVE-2020-0601).
        var parameters = new DerReader(info.Algorithm.Parameters);
        if (!parameters.NextIs(System.Formats.Asn1.Asn1Tag.ObjectIdentifier))
        {
            failure = SignatureCheck.Unsupported("an elliptic curve that is not named");
            return null;
        }

        string curve = parameters.ReadObjectIdentifier();
        parameters.ThrowIfNotEmpty();
        return string.Equals(curve, Oids.Sm2Curve, StringComparison.Ordinal)
            ? Sm2VerificationKey.Import(info.PublicKey, Gm.Sm2.IsAvailable, out failure)
            : EcdsaVerificationKey.Import(curve, info.PublicKey, out failure);
    }
}
