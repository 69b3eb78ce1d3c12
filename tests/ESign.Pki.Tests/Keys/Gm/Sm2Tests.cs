using System.Globalization;
using System.Numerics;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;
using ESign.Pki.Keys.Gm;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace ESign.Pki.Tests.Keys.Gm;

/// <summary>GM/T 0003.5-2012 Annex A.2 value by value, and an independent implementation as witness.</summary>
public class Sm2Tests
{
    private const string X = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    private const string Y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private const string R = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
    private const string S = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";

    private static readonly byte[] s_point = Convert.FromHexString(X + Y);

    [Fact]
    public void GM_T_0003_5_A2_Z_and_e()
    {
        byte[] z = Sm2.ComputeZ(s_point, Sm2.DefaultUserId);
        Assert.Equal("b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3", Convert.ToHexStringLower(z));
        byte[] e = new byte[32];
        Sm2.ComputeE(z, "message digest"u8, e);
        Assert.Equal("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640", Convert.ToHexStringLower(e));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GM_T_0003_5_A2_signature(bool native)
    {
        Assert.SkipWhen(native && !Sm2.IsAvailable, "SM2 is not available on this platform");
        byte[] signature = Convert.FromHexString("3046022100" + R + "022100" + S);
        byte[] encodedPoint = [4, .. s_point];
        VerificationKey key = Sm2VerificationKey.Import(encodedPoint, native, out _)!;
        SignatureParameters sm2 = SignatureParameters.Resolve(SignatureAlgorithm.Sm2Sm3.Identifier, digest: null, out _)!;
        Assert.True(key.Verify(sm2, "message digest"u8, signature, Sm2.DefaultUserId).IsValid);
        Assert.False(key.Verify(sm2, "message digest"u8, signature, "ALICE123@YAHOO.COM"u8).IsValid);
        Assert.False(key.Verify(sm2, "message digest"u8, signature, []).IsValid);
        Assert.False(key.Verify(sm2, "message digesu"u8, signature, Sm2.DefaultUserId).IsValid);
    }

    // §7.1 B1, B2 and B5 of GB/T 32918.2.
    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        byte[] e = new byte[32];
        BigInteger n = Sm2Curve.N;
        foreach ((BigInteger r, BigInteger s) in ((BigInteger, BigInteger)[])[(0, 1), (1, 0), (n, 1), (1, n), (-1, 1), (1, n - 1)])
        {
            Assert.False(Sm2.VerifyManaged(s_point, e, r, s));
        }
    }

    [Fact]
    public void The_order_times_the_base_point_is_infinity()
    {
        Assert.True(Sm2Curve.Contains(Sm2Curve.Gx, Sm2Curve.Gy));
        Assert.Null(Sm2Curve.AddMultiples(Sm2Curve.N, 0, Sm2Curve.Gx, Sm2Curve.Gy));
        Assert.Equal(Sm2Curve.Gx, Sm2Curve.AddMultiples(Sm2Curve.N - 1, 0, Sm2Curve.Gx, Sm2Curve.Gy));
        // k of the worked example: x1 of kG.
        BigInteger k = BigInteger.Parse("059276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.Equal(
            BigInteger.Parse("004ebfc718e8d1798620432268e77feb6415e2ede0e073c0f4f640ecd2e149a73", NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            Sm2Curve.AddMultiples(k, 0, Sm2Curve.Gx, Sm2Curve.Gy));
    }

    [Fact]
    public void A_point_off_the_curve_is_refused()
    {
        byte[] point = [4, .. s_point];
        point[^1] ^= 1;
        Assert.Null(Sm2VerificationKey.Import(point, native: false, out SignatureCheck failure));
        Assert.Equal(SignatureOutcome.Invalid, failure.Outcome);
    }

    // SPKI whose algorithm is the curve itself, with the parameters absent, NULL or the curve again.
    [Theory]
    [InlineData("")]
    [InlineData("0500")]
    [InlineData("06082a811ccf5501822d")]
    public void A_key_named_by_its_curve_verifies(string parameters)
    {
        byte[] encodedPoint = [4, .. s_point];
        byte[] key = new SubjectPublicKeyInfo(new AlgorithmIdentifier(Oids.Sm2Curve, Convert.FromHexString(parameters)), encodedPoint).Encode();
        byte[] signature = Convert.FromHexString("3046022100" + R + "022100" + S);
        Assert.True(SignatureVerifier.Verify(key, SignatureAlgorithm.Sm2Sm3.Identifier, "message digest"u8, signature));
        // GB/T 35275 names the signature 1.2.156.10197.1.301.1; CMS may name the key type alone.
        Assert.True(SignatureVerifier.Verify(key, new AlgorithmIdentifier(Oids.Sm2Sign), "message digest"u8, signature));
        Assert.True(SignatureVerifier.Check(key, new AlgorithmIdentifier(Oids.EcPublicKey), "message digest"u8, signature, DigestAlgorithm.Sm3).IsValid);
    }

    [Fact]
    public void BouncyCastle_accepts_our_signatures_and_we_accept_its()
    {
        using LocalSigningKey key = TestKeys.Create("SM2-SM3");
        var theirPublic = (ECPublicKeyParameters)PublicKeyFactory.CreateKey(key.SubjectPublicKeyInfo.ToArray());
        var theirPrivate = (ECPrivateKeyParameters)PrivateKeyFactory.CreateKey(key.ExportPkcs8());
        byte[] userId = Sm2.DefaultUserId.ToArray();
        for (int length = 0; length < 70; length += 7)
        {
            byte[] message = new byte[length];
            var verifier = new SM2Signer();
            verifier.Init(forSigning: false, new ParametersWithID(theirPublic, userId));
            verifier.BlockUpdate(message, 0, message.Length);
            Assert.True(verifier.VerifySignature(key.Sign(message)));

            var signer = new SM2Signer();
            signer.Init(forSigning: true, new ParametersWithID(new ParametersWithRandom(theirPrivate), userId));
            signer.BlockUpdate(message, 0, message.Length);
            byte[] theirs = signer.GenerateSignature();
            Assert.True(SignatureVerifier.Verify(key.SubjectPublicKeyInfo.Span, SignatureAlgorithm.Sm2Sm3.Identifier, message, theirs));
        }
    }
}
