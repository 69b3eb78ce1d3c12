using ESign.Pki.Asn1;
using ESign.Pki.Keys.Gm;

namespace ESign.Pki.Keys;

/// <summary>Checks signature values. It only computes: whether an algorithm is still good enough is decided by policies elsewhere.</summary>
/// <remarks>
/// RSA PKCS#1 v1.5 and PSS with any parameters (RFC 8017, RFC 4055), ECDSA on NIST and brainpool curves with strict DER
/// (RFC 5758, RFC 5639), Ed25519 and Ed448 (RFC 8032), SM2 (GB/T 32918.2). DSA is never valid, only unsupported.
/// </remarks>
internal static class SignatureVerifier
{
    /// <summary>Keys kept imported: a chain, its responders and its timestamp authorities are about a dozen.</summary>
    private const int CachedKeys = 256;

    private static readonly VerificationKeyCache s_keys = new(CachedKeys);

    /// <summary>Whether the signature is right; false when it is wrong or cannot be computed.</summary>
    public static bool Verify(ReadOnlySpan<byte> subjectPublicKeyInfo, AlgorithmIdentifier algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Check(subjectPublicKeyInfo, algorithm, data, signature).IsValid;

    /// <summary>Checks a signature over data at hand.</summary>
    /// <param name="subjectPublicKeyInfo">The signer's DER <c>SubjectPublicKeyInfo</c>.</param>
    /// <param name="algorithm">The signature algorithm.</param>
    /// <param name="data">The signed bytes.</param>
    /// <param name="signature">The signature value (ECDSA and SM2: DER).</param>
    /// <param name="digest">The digest CMS names apart, for identifiers that name a key type only.</param>
    /// <param name="sm2UserId">The signer's SM2 id; null for <c>1234567812345678</c>, empty for the empty id.</param>
    public static SignatureCheck Check(
        ReadOnlySpan<byte> subjectPublicKeyInfo,
        AlgorithmIdentifier algorithm,
        ReadOnlySpan<byte> data,
        ReadOnlySpan<byte> signature,
        DigestAlgorithm? digest = null,
        byte[]? sm2UserId = null)
    {
        return SignatureParameters.Resolve(algorithm, digest, out SignatureCheck failure) is { } parameters
            && s_keys.GetOrImport(subjectPublicKeyInfo, out failure) is { } key
            ? key.Verify(parameters, data, signature, UserId(sm2UserId))
            : failure;
    }

    /// <summary>About how many milliseconds a check takes, one at least: hostile keys can be hundreds of times slower than honest ones.</summary>
    public static int Cost(ReadOnlySpan<byte> subjectPublicKeyInfo, AlgorithmIdentifier algorithm) =>
        SignatureParameters.Resolve(algorithm, digest: null, out _) is { } parameters && s_keys.GetOrImport(subjectPublicKeyInfo, out _) is { } key
            ? Math.Max(1, key.CostInMilliseconds(parameters))
            : 1;

    /// <summary>Checks a signature over data digested before (SM2: e = SM3(Z ‖ data)).</summary>
    /// <param name="subjectPublicKeyInfo">The signer's DER <c>SubjectPublicKeyInfo</c>.</param>
    /// <param name="algorithm">The signature algorithm.</param>
    /// <param name="digestValue">The digest of the signed bytes.</param>
    /// <param name="signature">The signature value (ECDSA and SM2: DER).</param>
    /// <param name="digest">The digest CMS names apart, for identifiers that name a key type only.</param>
    public static SignatureCheck CheckDigest(
        ReadOnlySpan<byte> subjectPublicKeyInfo,
        AlgorithmIdentifier algorithm,
        ReadOnlySpan<byte> digestValue,
        ReadOnlySpan<byte> signature,
        DigestAlgorithm? digest = null)
    {
        if (SignatureParameters.Resolve(algorithm, digest, out SignatureCheck failure) is not { } parameters
            || s_keys.GetOrImport(subjectPublicKeyInfo, out failure) is not { } key)
        {
            return failure;
        }

        return parameters.Digest is { } named && named.SizeInBytes != digestValue.Length
            ? SignatureCheck.Invalid($"a digest of {digestValue.Length} octets is none of {named.Name}")
            : key.VerifyDigest(parameters, digestValue, signature);
    }

    private static ReadOnlySpan<byte> UserId(byte[]? given) => given is null ? Sm2.DefaultUserId : given;
}
