using ESign.Pki.Asn1;
using ESign.Pki.Keys;

namespace ESign.Pki.Tests.Asn1;

public class AlgorithmIdentifierTests
{
    // The exact bytes CA/Browser Forum Baseline Requirements §7.1.3.2 prescribe.
    [Theory]
    [InlineData("RSA-PKCS1-SHA256", "300d06092a864886f70d01010b0500")]
    [InlineData("RSA-PKCS1-SHA384", "300d06092a864886f70d01010c0500")]
    [InlineData("RSA-PKCS1-SHA512", "300d06092a864886f70d01010d0500")]
    [InlineData("RSA-PSS-SHA256", "304106092a864886f70d01010a3034a00f300d0609608648016503040201 0500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120")]
    [InlineData("RSA-PSS-SHA384", "304106092a864886f70d01010a3034a00f300d0609608648016503040202 0500a11c301a06092a864886f70d010108300d06096086480165030402020500a203020130")]
    [InlineData("RSA-PSS-SHA512", "304106092a864886f70d01010a3034a00f300d0609608648016503040203 0500a11c301a06092a864886f70d010108300d06096086480165030402030500a203020140")]
    [InlineData("ECDSA-P256-SHA256", "300a06082a8648ce3d040302")]
    [InlineData("ECDSA-P384-SHA384", "300a06082a8648ce3d040303")]
    [InlineData("SM2-SM3", "300a06082a811ccf55018375")]
    public void A_signature_algorithm_is_encoded_as_prescribed(string name, string expected)
    {
        AlgorithmIdentifier identifier = SignatureAlgorithm.FromName(name)!.Identifier;
        Assert.Equal(expected.Replace(" ", ""), Convert.ToHexStringLower(identifier.Encode()));
        Assert.Equal(identifier, AlgorithmIdentifier.Decode(identifier.Encode()));
    }

    [Fact]
    public void Every_algorithm_is_found_by_its_name_in_any_case()
    {
        foreach (SignatureAlgorithm algorithm in SignatureAlgorithm.All.Append(SignatureAlgorithm.Sm2Sm3EmptyUserId))
        {
            Assert.Same(algorithm, SignatureAlgorithm.FromName(algorithm.Name.ToLowerInvariant()));
        }

        Assert.Null(SignatureAlgorithm.FromName("DSA"));
    }

    [Fact]
    public void Absent_parameters_and_NULL_differ()
    {
        var absent = new AlgorithmIdentifier(Oids.Sha256);
        AlgorithmIdentifier withNull = AlgorithmIdentifier.WithNull(Oids.Sha256);
        Assert.NotEqual(absent, withNull);
        Assert.True(absent.HasAbsentOrNullParameters && withNull.HasAbsentOrNullParameters);
        Assert.False(absent.HasParameters);
        Assert.True(withNull.HasNullParameters);
    }

    [Theory]
    [InlineData("300506032B65700500", "octets after the structure")]
    [InlineData("300906032B6570050005FF", "a third element")]
    [InlineData("3000", "no object identifier")]
    public void What_is_no_identifier_is_refused(string hex, string because) =>
        Assert.Throws<Asn1FormatException>(() => { AlgorithmIdentifier.Decode(Convert.FromHexString(hex)); return because; });

    // RFC 4055 §3.1: every field has a default, so an empty sequence means SHA-1 with salt 20.
    [Fact]
    public void Default_PSS_parameters_are_understood()
    {
        Assert.Equal(new PssParameters(DigestAlgorithm.Sha1, DigestAlgorithm.Sha1, 20), PssParameters.Decode(new byte[] { 0x30, 0x00 }, out _));
        Assert.Equal("300d06092a864886f70d01010a3000", Convert.ToHexStringLower(new PssParameters(DigestAlgorithm.Sha1, DigestAlgorithm.Sha1, 20).ToAlgorithmIdentifier().Encode()));
    }

    [Theory]
    [InlineData("3005A203020140", 64)]
    [InlineData("300AA203020120A303020101", 32)]
    public void PSS_salt_lengths_are_read(string hex, int saltLength) =>
        Assert.Equal(saltLength, PssParameters.Decode(Convert.FromHexString(hex), out _)!.SaltLength);

    [Theory]
    [InlineData("3005A2030201FF", "a negative salt length")]
    [InlineData("3005A303020102", "a trailer field other than 1")]
    [InlineData("300AA303020101A203020120", "fields out of order")]
    [InlineData("3006A20402020FFF", "a salt longer than any modulus")]
    public void Impossible_PSS_parameters_are_refused(string hex, string because) =>
        Assert.Throws<Asn1FormatException>(() => { PssParameters.Decode(Convert.FromHexString(hex), out _); return because; });

    [Fact]
    public void An_unknown_PSS_digest_is_unsupported_not_malformed()
    {
        // [0] { SEQUENCE { OID 1.2.3 } }
        Assert.Null(PssParameters.Decode(Convert.FromHexString("3008A006300406022A03"), out string unsupported));
        Assert.Contains("1.2.3", unsupported);
    }
}
