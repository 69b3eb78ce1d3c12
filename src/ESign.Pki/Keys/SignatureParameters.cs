using ESign.Pki.Asn1;

namespace ESign.Pki.Keys;

/// <summary>The families of signature algorithms ESign verifies.</summary>
internal enum SignatureFamily
{
    RsaPkcs1,
    RsaPss,
    Ecdsa,

    /// <summary>ECDSA whose value is r ‖ s in fixed width instead of DER (BSI TR-03111 §5.2.1.1).</summary>
    EcdsaPlain,
    Sm2,
    Ed25519,
    Ed448,
}

/// <summary>A signature AlgorithmIdentifier, understood.</summary>
/// <remarks>RFC 4055, RFC 5758, RFC 8410, NIST CSOR (SHA-3), BSI TR-03111, GM/T 0006; CMS naming: RFC 5652 §10.1.2.</remarks>
/// <param name="Family">How the value is computed.</param>
/// <param name="Digest">The message digest; null for the Edwards curves, which digest for themselves.</param>
/// <param name="Pss">The parameters of RSASSA-PSS; null otherwise.</param>
internal sealed record SignatureParameters(SignatureFamily Family, DigestAlgorithm? Digest, PssParameters? Pss = null)
{
    private static readonly Dictionary<string, SignatureParameters> s_known = new(StringComparer.Ordinal)
    {
        [Oids.Md5WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Md5),
        [Oids.Sha1WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha1),
        [Oids.Sha1WithRsaOiw] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha1),
        [Oids.Sha224WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha224),
        [Oids.Sha256WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha256),
        [Oids.Sha384WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha384),
        [Oids.Sha512WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha512),
        [Oids.Sha3_224WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3_224),
        [Oids.Sha3_256WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3_256),
        [Oids.Sha3_384WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3_384),
        [Oids.Sha3_512WithRsa] = new(SignatureFamily.RsaPkcs1, DigestAlgorithm.Sha3_512),
        [Oids.EcdsaWithSha1] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha1),
        [Oids.EcdsaWithSha224] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha224),
        [Oids.EcdsaWithSha256] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha256),
        [Oids.EcdsaWithSha384] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha384),
        [Oids.EcdsaWithSha512] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha512),
        [Oids.EcdsaWithSha3_224] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3_224),
        [Oids.EcdsaWithSha3_256] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3_256),
        [Oids.EcdsaWithSha3_384] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3_384),
        [Oids.EcdsaWithSha3_512] = new(SignatureFamily.Ecdsa, DigestAlgorithm.Sha3_512),
        [Oids.EcdsaPlainSha1] = new(SignatureFamily.EcdsaPlain, DigestAlgorithm.Sha1),
        [Oids.EcdsaPlainSha224] = new(SignatureFamily.EcdsaPlain, DigestAlgorithm.Sha224),
        [Oids.EcdsaPlainSha256] = new(SignatureFamily.EcdsaPlain, DigestAlgorithm.Sha256),
        [Oids.EcdsaPlainSha384] = new(SignatureFamily.EcdsaPlain, DigestAlgorithm.Sha384),
        [Oids.EcdsaPlainSha512] = new(SignatureFamily.EcdsaPlain, DigestAlgorithm.Sha512),
        [Oids.Sm2WithSm3] = new(SignatureFamily.Sm2, DigestAlgorithm.Sm3),
        [Oids.Sm2Sign] = new(SignatureFamily.Sm2, DigestAlgorithm.Sm3),
        [Oids.Sm2Curve] = new(SignatureFamily.Sm2, DigestAlgorithm.Sm3),
        [Oids.Ed25519] = new(SignatureFamily.Ed25519, Digest: null),
        [Oids.Ed448] = new(SignatureFamily.Ed448, Digest: null),
    };

    /// <summary>Understands an identifier.</summary>
    /// <param name="algorithm">From a certificate, a CRL, an OCSP answer or a CMS <c>signatureAlgorithm</c>.</param>
    /// <param name="digest">The digest CMS names apart; used where the identifier names a key type only.</param>
    /// <param name="failure">On a null result: why.</param>
    public static SignatureParameters? Resolve(AlgorithmIdentifier algorithm, DigestAlgorithm? digest, out SignatureCheck failure)
    {
        failure = default;
        switch (algorithm.Oid)
        {
            case Oids.RsaPss:
                return ResolvePss(algorithm, out failure);
            case Oids.RsaEncryption or Oids.EcPublicKey when digest is null:
                failure = SignatureCheck.Unsupported($"the signature algorithm {algorithm.Oid} names no digest");
                return null;
            case Oids.RsaEncryption:
                return new SignatureParameters(SignatureFamily.RsaPkcs1, digest);
            case Oids.EcPublicKey:
                return new SignatureParameters(digest == DigestAlgorithm.Sm3 ? SignatureFamily.Sm2 : SignatureFamily.Ecdsa, digest);
            case Oids.Dsa or Oids.DsaWithSha1 or Oids.DsaWithSha224 or Oids.DsaWithSha256 or Oids.DsaWithSha384 or Oids.DsaWithSha512:
                failure = SignatureCheck.Unsupported("DSA");
                return null;
        }

        if (!s_known.TryGetValue(algorithm.Oid, out SignatureParameters? known))
        {
            failure = SignatureCheck.Unsupported($"the signature algorithm {algorithm.Oid}");
            return null;
        }

        // NULL or nothing: writers disagree for RSA, ECDSA and SM2 alike. RFC 8410 §3 forbids any for the Edwards curves.
        bool acceptable = known.Digest is null ? !algorithm.HasParameters : algorithm.HasAbsentOrNullParameters;
        if (!acceptable)
        {
            failure = SignatureCheck.Invalid($"the signature algorithm {algorithm.Oid} has parameters it must not have");
            return null;
        }

        return known;
    }

    private static SignatureParameters? ResolvePss(AlgorithmIdentifier algorithm, out SignatureCheck failure)
    {
        // RFC 4055 §3.1: in a signature the parameters must be present.
        if (!algorithm.HasParameters)
        {
            failure = SignatureCheck.Invalid("RSASSA-PSS without parameters");
            return null;
        }

        try
        {
            PssParameters? pss = PssParameters.Decode(algorithm.Parameters, out string unsupported);
            failure = pss is null ? SignatureCheck.Unsupported(unsupported) : default;
            return pss is null ? null : new SignatureParameters(SignatureFamily.RsaPss, pss.Digest, pss);
        }
        catch (Asn1FormatException exception)
        {
            failure = SignatureCheck.Invalid("RSASSA-PSS parameters: " + exception.Message);
            return null;
        }
    }
}
