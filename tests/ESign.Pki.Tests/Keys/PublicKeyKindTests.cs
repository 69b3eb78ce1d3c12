using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Keys;

/// <summary>Every kind of key is named, those that no signature is verified with too.</summary>
public class PublicKeyKindTests
{
    [Theory]
    [InlineData(2048)]
    [InlineData(1024)]
    public void RSA_is_as_long_as_its_modulus(int size)
    {
        using var key = RSA.Create(size);
        Assert.Equal(new PublicKeyKind("RSA", SizeInBits: size), PublicKeyKind.Read(key.ExportSubjectPublicKeyInfo()));
    }

    [Theory]
    [InlineData("nistP256", "secp256r1", 256)]
    [InlineData("nistP521", "secp521r1", 521)]
    [InlineData("brainpoolP384r1", "brainpoolP384r1", 384)]
    public void Elliptic_keys_name_their_curve(string platform, string curve, int size)
    {
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromFriendlyName(platform));
        Assert.Equal(new PublicKeyKind("EC", curve, size), PublicKeyKind.Read(key.ExportSubjectPublicKeyInfo()));
    }

    [Fact] // CVE-2020-0601: parameters of one's own can imitate another's curve
    public void A_curve_by_its_own_parameters_has_no_name()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        key.ImportParameters(key.ExportExplicitParameters(includePrivateParameters: true));
        Assert.Equal(new PublicKeyKind("EC"), PublicKeyKind.Read(key.ExportSubjectPublicKeyInfo()));
    }

    [Theory]
    [InlineData(Oids.Ed25519, "Ed25519", 256)]
    [InlineData(Oids.Ed448, "Ed448", 456)]
    [InlineData("1.2.3.4", "1.2.3.4", null)]
    public void Other_kinds_are_known_by_their_identifier(string oid, string name, int? size) =>
        Assert.Equal(new PublicKeyKind(name, SizeInBits: size), PublicKeyKind.Read(new SubjectPublicKeyInfo(new AlgorithmIdentifier(oid), new byte[32]).Encode()));

    [Fact]
    public void SM2_is_told_by_its_curve()
    {
        var curve = new AsnWriter(AsnEncodingRules.DER);
        curve.WriteObjectIdentifier(Oids.Sm2Curve);
        Assert.Equal(new PublicKeyKind("SM2", "sm2p256v1", 256), PublicKeyKind.Read(new SubjectPublicKeyInfo(new AlgorithmIdentifier(Oids.EcPublicKey, curve.Encode()), new byte[65]).Encode()));
    }

    [Fact]
    public void What_is_no_key_has_no_kind() => Assert.Null(PublicKeyKind.Read(new byte[] { 0x30, 0x03, 0x02, 0x01, 0x00 }));
}
