using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

/// <summary>
/// A national identity card issued certificates whose modulus lacks its leading zero octet, so that the INTEGER reads as
/// negative. OpenSSL and browsers take the octets as unsigned, and the signatures are in archives.
/// </summary>
public class UnsignedModulusTests
{
    [Fact]
    public void A_modulus_without_its_zero_octet_is_read_as_unsigned()
    {
        using RSA rsa = RSA.Create(2048);
        byte[] data = "contract"u8.ToArray();
        byte[] signature = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        byte[] info = Encode(rsa.ExportParameters(includePrivateParameters: false));
        Assert.True(SignatureVerifier.Verify(info, AlgorithmIdentifier.WithNull(Oids.Sha256WithRsa), data, signature));
        signature[5] ^= 1;
        Assert.False(SignatureVerifier.Verify(info, AlgorithmIdentifier.WithNull(Oids.Sha256WithRsa), data, signature));
    }

    private static byte[] Encode(RSAParameters key)
    {
        Assert.True(key.Modulus![0] >= 0x80);
        var modulus = new AsnWriter(AsnEncodingRules.DER, 600);
        using (modulus.PushSequence())
        {
            modulus.WriteInteger(key.Modulus); // as it stands: a negative number
            modulus.WriteInteger(key.Exponent!);
        }

        var info = new AsnWriter(AsnEncodingRules.DER, 700);
        using (info.PushSequence())
        {
            AlgorithmIdentifier.WithNull(Oids.RsaEncryption).Write(info);
            info.WriteBitString(modulus.Encode());
        }

        return info.Encode();
    }
}
