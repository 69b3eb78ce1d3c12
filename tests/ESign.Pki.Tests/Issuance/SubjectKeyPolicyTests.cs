using System.Numerics;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Issuance;

/// <summary>Keys that must not be certified.</summary>
public sealed class SubjectKeyPolicyTests
{
    private static readonly BigInteger SmallPrimes = Enumerable.Range(2, 750)
        .Where(n => Enumerable.Range(2, (int)Math.Sqrt(n) - 1).All(d => n % d != 0))
        .Aggregate(BigInteger.One, (product, prime) => product * prime);

    [Theory]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("ECDSA-P384-SHA384")]
    [InlineData("ECDSA-P521-SHA512")]
    [InlineData("SM2-SM3")]
    [InlineData("RSA-PKCS1-SHA256")]
    public void Good_keys_pass_and_points_off_the_curve_do_not(string algorithmName)
    {
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.FromName(algorithmName)!, 2048);
        byte[] spki = key.SubjectPublicKeyInfo.ToArray();
        Assert.Null(SubjectKeyPolicy.Default.FindFault(spki));
        if (key.Algorithm.CurveOid is not null)
        {
            spki[^1] ^= 1;
            Assert.Contains("曲线", SubjectKeyPolicy.Default.FindFault(spki), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Curves_and_sizes_outside_the_allow_list_are_refused()
    {
        using LocalSigningKey brainpool = LocalSigningKey.Create(SignatureAlgorithm.EcdsaBrainpoolP256Sha256);
        Assert.Contains("1.3.36.3.3.2.8.1.1.7", SubjectKeyPolicy.Default.FindFault(brainpool.SubjectPublicKeyInfo), StringComparison.Ordinal);
        Assert.Null((SubjectKeyPolicy.Default with { Curves = [Oids.BrainpoolP256r1] }).FindFault(brainpool.SubjectPublicKeyInfo));
        using RSA small = RSA.Create(1024);
        Assert.Contains("1024", SubjectKeyPolicy.Default.FindFault(small.ExportSubjectPublicKeyInfo()), StringComparison.Ordinal);
        Assert.NotNull(SubjectKeyPolicy.Default.FindFault(new byte[] { 0x30, 0x00 }));
    }

    [Fact]
    public void Close_primes_small_factors_and_small_exponents_are_found()
    {
        using RSA rsa = RSA.Create(2048);
        RSAParameters parameters = rsa.ExportParameters(includePrivateParameters: true);
        var p = new BigInteger(parameters.P, isUnsigned: true, isBigEndian: true);
        var n = new BigInteger(parameters.Modulus, isUnsigned: true, isBigEndian: true);
        Assert.Null(WeakRsaKeys.FindWeakness(n, 65537));
        BigInteger close = p + 2;
        while (!BigInteger.GreatestCommonDivisor(close, SmallPrimes).IsOne)
        {
            close += 2;
        }

        Assert.Contains("Fermat", WeakRsaKeys.FindWeakness(p * close, 65537), StringComparison.Ordinal);
        Assert.Contains("小素因子", WeakRsaKeys.FindWeakness(n * 3, 65537)!, StringComparison.Ordinal);
        Assert.NotNull(WeakRsaKeys.FindWeakness(n, 3));
        Assert.NotNull(WeakRsaKeys.FindWeakness(n, 65538));
    }

    [Fact]
    public void CVE_2017_15361_is_found_by_its_fingerprint()
    {
        // Primes of the vulnerable form k·M + (65537^a mod M) leave N in the subgroup of every test prime.
        BigInteger product = new int[] { 11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157 }.Aggregate(BigInteger.One, (left, right) => left * right);
        BigInteger modulus = (product << 1900) + BigInteger.ModPow(65537, 12345, product);
        while (!BigInteger.GreatestCommonDivisor(modulus, 2 * 3 * 5 * 7).IsOne || WeakRsaKeys.FindWeakness(modulus, 65537)!.Contains("小素", StringComparison.Ordinal))
        {
            modulus += product;
        }

        Assert.Contains("ROCA", WeakRsaKeys.FindWeakness(modulus, 65537)!, StringComparison.Ordinal);
    }
}
