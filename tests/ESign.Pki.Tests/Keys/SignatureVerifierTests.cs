using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

public class SignatureVerifierTests
{
    // RFC 8032 §7.1: TEST 1, TEST 2, TEST 3 and TEST SHA(abc).
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData("ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf", "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f", "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Ed25519_vectors(string publicKey, string message, string signature)
    {
        byte[] key = Spki(Oids.Ed25519, publicKey);
        AssertOnlyThis(key, new AlgorithmIdentifier(Oids.Ed25519), Convert.FromHexString(message), Convert.FromHexString(signature));
    }

    // RFC 8032 §7.4: -----Blank and -----1 octet.
    [Theory]
    [InlineData("5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180", "", "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600")]
    [InlineData("43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480", "03", "26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00")]
    public void Ed448_vectors(string publicKey, string message, string signature)
    {
        Assert.SkipUnless(Shake256.IsSupported, "the platform has no SHAKE256");
        AssertOnlyThis(Spki(Oids.Ed448, publicKey), new AlgorithmIdentifier(Oids.Ed448), Convert.FromHexString(message), Convert.FromHexString(signature));
    }

    [Theory]
    [InlineData(Oids.P192)]
    [InlineData(Oids.P224)]
    [InlineData(Oids.Secp256k1)]
    [InlineData(Oids.BrainpoolP320r1)]
    public void Curves_nobody_signs_with_today_are_judged_where_the_platform_has_them(string curve)
    {
        using ECDsa key = CreateOrSkip(curve);
        byte[] signature = key.SignData("x"u8, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);
        AssertOnlyThis(key.ExportSubjectPublicKeyInfo(), new AlgorithmIdentifier(Oids.EcdsaWithSha1), "x"u8, signature);
    }

    [Fact]
    public void DSA_is_unsupported_never_valid()
    {
        using DSA key = DSA.Create(1024);
        byte[] signature = key.SignData("x"u8.ToArray(), HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);
        SignatureCheck check = SignatureVerifier.Check(key.ExportSubjectPublicKeyInfo(), new AlgorithmIdentifier(Oids.DsaWithSha1), "x"u8, signature);
        Assert.Equal(SignatureCheck.Unsupported("DSA"), check);
    }

    [Fact]
    public void An_unknown_algorithm_or_key_is_unsupported()
    {
        using LocalSigningKey key = TestKeys.Create("ECDSA-P256-SHA256");
        Assert.Equal(SignatureOutcome.Unsupported, SignatureVerifier.Check(key.SubjectPublicKeyInfo.Span, new AlgorithmIdentifier("1.2.3"), "x"u8, "y"u8).Outcome);
        Assert.Equal(SignatureOutcome.Unsupported, SignatureVerifier.Check(Spki("1.3.101.110", new string('0', 64)), new AlgorithmIdentifier(Oids.Ed25519), "x"u8, "y"u8).Outcome);
    }

    [Fact]
    public void A_curve_given_by_its_parameters_is_unsupported()
    {
        // CVE-2020-0601: a generator chosen to fit another's public key.
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters parameters = key.ExportExplicitParameters(includePrivateParameters: false);
        using ECDsa explicitKey = ECDsa.Create(parameters);
        byte[] signature = key.SignData("x"u8, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        Assert.Equal(
            SignatureOutcome.Unsupported,
            SignatureVerifier.Check(explicitKey.ExportSubjectPublicKeyInfo(), SignatureAlgorithm.EcdsaP256Sha256.Identifier, "x"u8, signature).Outcome);
    }

    [Theory]
    [InlineData("MD5")]
    [InlineData("SHA1")]
    [InlineData("SHA224")]
    [InlineData("SHA3-224")]
    [InlineData("SHA3-512")]
    public void PKCS1_signatures_of_every_digest_are_judged(string digestName)
    {
        DigestAlgorithm digest = DigestAlgorithm.All.Single(candidate => candidate.Name == digestName);
        using RSA key = RSA.Create(2048);
        byte[] signature = SignPkcs1(key, digest, "x"u8);
        byte[] publicKey = key.ExportSubjectPublicKeyInfo();
        // CMS names the digest apart and the key type as the algorithm (RFC 3370 §3.2).
        var rsaEncryption = AlgorithmIdentifier.WithNull(Oids.RsaEncryption);
        Assert.True(SignatureVerifier.Check(publicKey, rsaEncryption, "x"u8, signature, digest).IsValid);
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(publicKey, rsaEncryption, "y"u8, signature, digest).Outcome);
        Assert.Equal(SignatureOutcome.Unsupported, SignatureVerifier.Check(publicKey, rsaEncryption, "x"u8, signature).Outcome);
        Assert.True(SignatureVerifier.CheckDigest(publicKey, rsaEncryption, digest.Compute("x"u8), signature, digest).IsValid);
    }

    // RFC 4055 §1.2 and §3.3.
    [Fact]
    public void A_PSS_key_is_held_to_its_parameters()
    {
        using RSA key = RSA.Create(2048);
        byte[] signature = key.SignData("x"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        AlgorithmIdentifier algorithm = SignatureAlgorithm.RsaPssSha256.Identifier;
        byte[] bits = key.ExportRSAPublicKey();
        byte[] Restricted(PssParameters? parameters) =>
            new SubjectPublicKeyInfo(parameters?.ToAlgorithmIdentifier() ?? new AlgorithmIdentifier(Oids.RsaPss), bits).Encode();

        Assert.True(SignatureVerifier.Verify(Restricted(null), algorithm, "x"u8, signature));
        Assert.True(SignatureVerifier.Verify(Restricted(new(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256, 20)), algorithm, "x"u8, signature));
        Assert.True(SignatureVerifier.Verify(Restricted(new(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256, 32)), algorithm, "x"u8, signature));
        Assert.False(SignatureVerifier.Verify(Restricted(new(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256, 33)), algorithm, "x"u8, signature));
        Assert.False(SignatureVerifier.Verify(Restricted(new(DigestAlgorithm.Sha512, DigestAlgorithm.Sha256, 32)), algorithm, "x"u8, signature));
        byte[] pkcs1 = key.SignData("x"u8, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(Restricted(null), SignatureAlgorithm.RsaPkcs1Sha256.Identifier, "x"u8, pkcs1).Outcome);
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(Restricted(null), new AlgorithmIdentifier(Oids.RsaPss), "x"u8, signature).Outcome);
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("RSA-PSS-SHA384")]
    [InlineData("ECDSA-P384-SHA384")]
    public void A_digest_is_as_good_as_the_data(string name)
    {
        byte[] data = RandomNumberGenerator.GetBytes(10_000);
        using LocalSigningKey key = TestKeys.Create(name);
        byte[] signature = key.Sign(data);
        byte[] digest = key.Algorithm.Digest.Compute(data);
        Assert.True(SignatureVerifier.CheckDigest(key.SubjectPublicKeyInfo.Span, key.Algorithm.Identifier, digest, signature).IsValid);
        Assert.False(SignatureVerifier.CheckDigest(key.SubjectPublicKeyInfo.Span, key.Algorithm.Identifier, digest.AsSpan(1), signature).IsValid);
    }

    [Fact]
    public void A_key_of_another_kind_never_verifies()
    {
        string[] names = ["RSA-PKCS1-SHA256", "RSA-PSS-SHA256", "ECDSA-P256-SHA256", "SM2-SM3"];
        foreach (string signer in names)
        {
            using LocalSigningKey key = TestKeys.Create(signer);
            byte[] signature = key.Sign("x"u8);
            foreach (string other in names.Where(name => name != signer))
            {
                Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(key.SubjectPublicKeyInfo.Span, SignatureAlgorithm.FromName(other)!.Identifier, "x"u8, signature).Outcome);
            }
        }
    }

    [Theory]
    [InlineData("", "no DER")]
    [InlineData("3000", "nothing in it")]
    [InlineData("300a300506032b6570030100", "Ed25519 with no octets")]
    [InlineData("302a300506032b65700321 00ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "Ed25519: y is not below p")]
    [InlineData("3039301306072a8648ce3d020106082a8648ce3d030107032200 04000000000000000000000000000000000000000000000000000000000000000000", "P-256: half a point")]
    [InlineData("301b300d06092a864886f70d0101010500030a0030070202010002 0103", "RSA: an even modulus of 9 bits")]
    public void A_malformed_key_is_an_answer(string hex, string because)
    {
        SignatureCheck check = SignatureVerifier.Check(Convert.FromHexString(hex.Replace(" ", "")), new AlgorithmIdentifier(Oids.Ed25519), "x"u8, "y"u8);
        Assert.True(check.Outcome == SignatureOutcome.Invalid, because + ": " + check);
    }

    [Fact]
    public void Every_damaged_key_is_an_answer()
    {
        foreach (string name in (string[])["RSA-PSS-SHA256", "ECDSA-P256-SHA256", "SM2-SM3"])
        {
            using LocalSigningKey key = TestKeys.Create(name);
            byte[] signature = key.Sign("x"u8);
            byte[] encoded = key.SubjectPublicKeyInfo.ToArray();
            for (int i = 0; i < encoded.Length; i++)
            {
                byte[] damaged = (byte[])encoded.Clone();
                damaged[i] ^= 0x04;
                Assert.False(SignatureVerifier.Verify(damaged, key.Algorithm.Identifier, "x"u8, signature));
                Assert.False(SignatureVerifier.Verify(encoded.AsSpan(0, i), key.Algorithm.Identifier, "x"u8, signature));
            }
        }
    }

    // An exponent as long as the modulus makes each verification a private-key operation.
    [Fact]
    public void RSA_keys_made_to_be_slow_are_unsupported()
    {
        using RSA large = RSA.Create(4096);
        RSAParameters parameters = large.ExportParameters(includePrivateParameters: false);
        byte[] exponent = parameters.Modulus![..511];
        exponent[^1] |= 1;
        byte[] key = new SubjectPublicKeyInfo(AlgorithmIdentifier.WithNull(Oids.RsaEncryption), EncodeRsa(parameters.Modulus!, exponent)).Encode();
        SignatureCheck check = SignatureVerifier.Check(key, SignatureAlgorithm.RsaPkcs1Sha256.Identifier, "x"u8, new byte[512]);
        Assert.Equal(SignatureOutcome.Unsupported, check.Outcome);
    }

    [Fact]
    public void The_cache_stays_bounded_and_keeps_what_is_used()
    {
        var cache = new VerificationKeyCache(capacity: 8);
        using LocalSigningKey key = TestKeys.Create("ECDSA-P256-SHA256");
        VerificationKey? first = cache.GetOrImport(key.SubjectPublicKeyInfo.Span, out _);
        Assert.NotNull(first);
        Assert.Same(first, cache.GetOrImport(key.SubjectPublicKeyInfo.Span, out _));
        for (int i = 0; i < 50; i++)
        {
            using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Assert.NotNull(cache.GetOrImport(other.ExportSubjectPublicKeyInfo(), out _));
            Assert.Null(cache.GetOrImport([(byte)i], out _));
        }

        Assert.Equal(8, cache.Count);
        Assert.NotSame(first, cache.GetOrImport(key.SubjectPublicKeyInfo.Span, out _));
    }

    private static void AssertOnlyThis(byte[] key, AlgorithmIdentifier algorithm, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Assert.Equal(SignatureCheck.Valid, SignatureVerifier.Check(key, algorithm, message, signature));
        byte[] other = [.. message, 0];
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(key, algorithm, other, signature).Outcome);
        byte[] damaged = signature.ToArray();
        damaged[^2] ^= 1;
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(key, algorithm, message, damaged).Outcome);
        Assert.Equal(SignatureOutcome.Invalid, SignatureVerifier.Check(key, algorithm, message, signature[..^1]).Outcome);
    }

    private static byte[] Spki(string oid, string keyHex) =>
        new SubjectPublicKeyInfo(new AlgorithmIdentifier(oid), Convert.FromHexString(keyHex)).Encode();

    private static ECDsa CreateOrSkip(string curve)
    {
        try
        {
            return ECDsa.Create(ECCurve.CreateFromValue(curve));
        }
        catch (Exception exception) when (exception is CryptographicException or PlatformNotSupportedException)
        {
            Assert.Skip($"the platform has no curve {curve}");
            throw;
        }
    }

    // EMSA-PKCS1-v1_5 (RFC 8017 §9.2) by hand, so that digests the platform does not have can be signed.
    private static byte[] SignPkcs1(RSA key, DigestAlgorithm digest, ReadOnlySpan<byte> message)
    {
        byte[] identifier = AlgorithmIdentifier.WithNull(digest.Oid).Encode();
        byte[] value = digest.Compute(message);
        byte[] info = [0x30, (byte)(identifier.Length + value.Length + 2), .. identifier, 0x04, (byte)value.Length, .. value];
        byte[] encoded = [0, 1, .. Enumerable.Repeat((byte)0xFF, 256 - 3 - info.Length), 0, .. info];
        RSAParameters p = key.ExportParameters(includePrivateParameters: true);
        var n = Number(p.Modulus!);
        var s = System.Numerics.BigInteger.ModPow(Number(encoded), Number(p.D!), n);
        byte[] signature = new byte[256];
        byte[] bytes = s.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(signature, 256 - bytes.Length);
        return signature;
    }

    private static System.Numerics.BigInteger Number(byte[] octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static byte[] EncodeRsa(byte[] modulus, byte[] exponent)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER, 2048);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(modulus);
            writer.WriteIntegerUnsigned(exponent);
        }

        return writer.Encode();
    }
}
