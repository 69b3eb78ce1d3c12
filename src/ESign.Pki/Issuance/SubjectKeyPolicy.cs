using System.Globalization;
using System.Numerics;
using ESign.Pki.Asn1;

namespace ESign.Pki.Issuance;

/// <summary>Which public keys an authority certifies: families, sizes, and no key known to be weak.</summary>
/// <remarks>
/// RSA: NIST SP 800-56B §6.4.2.2 (odd public exponent above 2^16, modulus without small factors), Fermat's factorisation for close
/// primes, and the fingerprint of CVE-2017-15361 (ROCA). Curves: SEC 1 §3.2.2.1 (point on the curve; the cofactor of all
/// allowed curves is one).
/// </remarks>
internal sealed record SubjectKeyPolicy
{
    /// <summary>RSA 2048 to 4096 bits; P-256, P-384, P-521, SM2.</summary>
    public static SubjectKeyPolicy Default { get; } = new();

    /// <summary>The smallest RSA modulus in bits.</summary>
    public int MinimumRsaBits { get; init; } = 2048;

    /// <summary>The largest RSA modulus in bits.</summary>
    public int MaximumRsaBits { get; init; } = 4096;

    /// <summary>The curves allowed, as object identifiers.</summary>
    public IReadOnlyList<string> Curves { get; init; } = [Oids.P256, Oids.P384, Oids.P521, Oids.Sm2Curve];

    /// <summary>Judges a key; answers the reason for refusal, or null.</summary>
    internal string? FindFault(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        SubjectPublicKeyInfo key;
        try
        {
            key = SubjectPublicKeyInfo.Decode(subjectPublicKeyInfo);
            return key.Algorithm.Oid switch
            {
                Oids.RsaEncryption => FindRsaFault(key),
                Oids.EcPublicKey => FindCurveFault(key),
                _ => $"不支持的公钥算法 {key.Algorithm.Oid} / Public key algorithm {key.Algorithm.Oid} is not allowed",
            };
        }
        catch (Asn1FormatException exception)
        {
            return $"公钥无法解析：{exception.Detail} / The public key cannot be read: {exception.Detail}";
        }
    }

    private string? FindRsaFault(SubjectPublicKeyInfo key)
    {
        if (!key.Algorithm.HasNullParameters)
        {
            return "RSA公钥参数应为NULL / An RSA key's parameters are NULL (RFC 3279 §2.3.1)";
        }

        DerReader sequence = DerReader.OpenSequence(key.PublicKey);
        BigInteger modulus = sequence.ReadInteger();
        BigInteger exponent = sequence.ReadInteger();
        sequence.ThrowIfNotEmpty();
        long bits = modulus.Sign > 0 ? modulus.GetBitLength() : 0;
        if (bits < MinimumRsaBits || bits > MaximumRsaBits || bits % 8 != 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"RSA密钥长度{bits}位不在{MinimumRsaBits}至{MaximumRsaBits}之间 / An RSA key of {bits} bits is not between {MinimumRsaBits} and {MaximumRsaBits}");
        }

        return WeakRsaKeys.FindWeakness(modulus, exponent);
    }

    private string? FindCurveFault(SubjectPublicKeyInfo key)
    {
        var parameters = new DerReader(key.Algorithm.Parameters);
        string curve = parameters.ReadObjectIdentifier();
        parameters.ThrowIfNotEmpty();
        if (!Curves.Contains(curve, StringComparer.Ordinal))
        {
            return $"不允许的椭圆曲线 {curve} / Curve {curve} is not allowed";
        }

        return CurvePoint.IsOnCurve(curve, key.PublicKey.Span)
            ? null
            : "公钥不是该曲线上的点 / The public key is not an uncompressed point of its curve (SEC 1 §3.2.2.1)";
    }
}
