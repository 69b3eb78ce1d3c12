using System.Security.Cryptography;

namespace ESign.Pki.Keys;

/// <summary>Which algorithms a platform key may sign with.</summary>
internal static class SignatureKeyType
{
    /// <summary>PKCS#1 v1.5 with SHA-256 for RSA; the first algorithm of <see cref="SignatureAlgorithm.All"/> on the curve otherwise.</summary>
    public static SignatureAlgorithm DefaultAlgorithm(AsymmetricAlgorithm key)
    {
        if (key is RSA)
        {
            return SignatureAlgorithm.RsaPkcs1Sha256;
        }

        string curve = CurveOf((ECDsa)key);
        return SignatureAlgorithm.FromCurve(curve)
            ?? throw new NotSupportedException($"不支持的椭圆曲线{curve} / Keys on the curve {curve} are not supported.");
    }

    /// <exception cref="ArgumentException">The key cannot sign with the algorithm.</exception>
    public static void ThrowIfUnfit(AsymmetricAlgorithm key, SignatureAlgorithm algorithm)
    {
        string found;
        if (key is RSA rsa)
        {
            if (algorithm.CurveOid is null && rsa.KeySize >= LocalSigningKey.MinimumRsaKeySizeBits)
            {
                return;
            }

            found = $"RSA-{rsa.KeySize}";
        }
        else
        {
            found = CurveOf((ECDsa)key);
            if (string.Equals(found, algorithm.CurveOid, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new ArgumentException($"密钥（{found}）与签名算法{algorithm.Name}不符 / The key ({found}) cannot sign with {algorithm.Name}.", nameof(algorithm));
    }

    private static string CurveOf(ECDsa key)
    {
        ECParameters parameters = key.ExportParameters(includePrivateParameters: false);
        if (!parameters.Curve.IsNamed)
        {
            return "explicit parameters";
        }

        // CNG names its curves without an OID value.
        return parameters.Curve.Oid.Value ?? parameters.Curve.Oid.FriendlyName switch
        {
            "nistP256" or "ECDSA_P256" => Asn1.Oids.P256,
            "nistP384" or "ECDSA_P384" => Asn1.Oids.P384,
            "nistP521" or "ECDSA_P521" => Asn1.Oids.P521,
            "brainpoolP256r1" => Asn1.Oids.BrainpoolP256r1,
            "brainpoolP384r1" => Asn1.Oids.BrainpoolP384r1,
            "brainpoolP512r1" => Asn1.Oids.BrainpoolP512r1,
            { } name => name,
            null => "without a name",
        };
    }
}
