using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

/// <summary>RFC 5480 §2.2, SEC 1 §2.3.4: a key may give its point as x and the parity of y.</summary>
public class CompressedPointTests
{
    [Theory]
    [InlineData(Oids.P256)]
    [InlineData(Oids.P384)]
    [InlineData(Oids.P521)]
    [InlineData(Oids.Secp256k1)]
    [InlineData(Oids.BrainpoolP256r1)]
    public void A_compressed_point_is_the_same_key(string curve)
    {
        byte[] data = "contract"u8.ToArray();
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        byte[] signature = key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        byte parity = (byte)(2 + (point.Y![^1] & 1));

        Assert.True(Verify(curve, [parity, .. point.X!], data, signature));
        Assert.False(Verify(curve, [(byte)(parity ^ 1), .. point.X!], data, signature));
    }

    [Fact] // x³ + ax + b is no square for one x in two, and x is below the prime
    public void What_is_no_point_is_refused()
    {
        byte[] x = new byte[32];
        int refused = 0;
        for (byte last = 0; last < 32; last++)
        {
            x[31] = last;
            refused += Check(Oids.P256, [2, .. x]).Outcome == SignatureOutcome.Invalid && Check(Oids.P256, [2, .. x]).Reason.Contains("no point", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(refused, 5, 27);
        Assert.Contains("no point", Check(Oids.P256, [2, .. Enumerable.Repeat((byte)0xFF, 32)]).Reason, StringComparison.Ordinal);
    }

    [Fact] // its prime is 1 modulo 4, and nobody signs with it
    public void Compressed_points_of_P224_are_not_supported()
    {
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromValue(Oids.P224));
        Assert.Equal(SignatureOutcome.Unsupported, Check(Oids.P224, [2, .. key.ExportParameters(includePrivateParameters: false).Q.X!]).Outcome);
    }

    private static bool Verify(string curve, byte[] point, byte[] data, byte[] signature) =>
        SignatureVerifier.Verify(Encode(curve, point), new AlgorithmIdentifier(Oids.EcdsaWithSha256), data, signature);

    private static SignatureCheck Check(string curve, byte[] point) =>
        SignatureVerifier.Check(Encode(curve, point), new AlgorithmIdentifier(Oids.EcdsaWithSha256), [], [0x30, 6, 2, 1, 1, 2, 1, 1]);

    private static byte[] Encode(string curve, byte[] point)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 256);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids.EcPublicKey);
                writer.WriteObjectIdentifier(curve);
            }

            writer.WriteBitString(point);
        }

        return writer.Encode();
    }
}
