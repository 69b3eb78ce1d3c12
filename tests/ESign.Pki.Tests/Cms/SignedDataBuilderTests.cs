using System.Formats.Asn1;
using System.Security.Cryptography.Pkcs;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.Cms;

/// <summary>What the builder writes: read back by ESign, accepted by witnesses, as long as it said.</summary>
public sealed class SignedDataBuilderTests
{
    private static readonly byte[] s_content = "甲方与乙方就下列事项达成一致。\n"u8.ToArray();

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(static algorithm => algorithm.Name)];

    /// <summary>openssl cms 3.0 knows no digest for SM2 keys; openssl dgst is the witness there.</summary>
    public static TheoryData<string> AlgorithmsOpensslKnows => [.. SignatureAlgorithm.All.Where(static algorithm => algorithm.Scheme != SignatureScheme.Sm2).Select(static algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_detached_signature_is_intact_and_binds_its_certificate(string name)
    {
        TestSigner signer = TestSigner.Shared(Algorithm(name));
        byte[] encoded = await SignAsync(signer);

        SignedData read = SignedData.Decode(encoded);
        ESign.Pki.Cms.SignerInfo info = Assert.Single(read.SignerInfos);
        SignerVerdict verdict = read.Verify(info, SignedContent.FromBytes(s_content));

        Assert.Equal(1, read.Version);
        Assert.Equal(1, info.Version);
        Assert.Null(read.Content);
        Assert.Equal(2, read.Certificates.Count);
        Assert.Equal(signer.Certificate, verdict.Certificate);
        Assert.True(verdict.IsIntact);
        Assert.Equal(CmsCheck.Passed, verdict.CertificateBinding);
        Assert.Equal(CmsCheck.Passed, verdict.ContentType);
        Assert.Equal(CmsCheck.Passed, verdict.Algorithms);
        Assert.False(verdict.AttributesWereReencoded);
        Assert.Null(info.FindSignedAttribute(Oids.SigningTime));
        Assert.Equal(3, info.SignedAttributes.Count);
    }

    [Theory]
    [MemberData(nameof(AlgorithmsOpensslKnows))]
    public async Task Openssl_verifies_a_detached_signature(string name)
    {
        TestSigner signer = TestSigner.Shared(Algorithm(name));
        using var folder = new TemporaryFolder();
        string signature = folder.Write("signature.der", await SignAsync(signer));
        string content = folder.Write("content", s_content);

        Tool openssl = Tool.Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", content, "-noverify", "-out", folder.PathTo("out"));

        Assert.True(openssl.ExitCode == 0, openssl.Error);
        Assert.Equal(s_content, File.ReadAllBytes(folder.PathTo("out")));
    }

    [Fact]
    public async Task Openssl_dgst_verifies_the_attributes_of_an_SM2_signature()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.Sm2Sm3);
        ESign.Pki.Cms.SignerInfo info = SignedData.Decode(await SignAsync(signer)).SignerInfos[0];
        using var folder = new TemporaryFolder();
        byte[] attributes = info.RawSignedAttributes.ToArray();
        attributes[0] = 0x31;
        string data = folder.Write("attributes", attributes);
        string value = folder.Write("value", info.Signature.ToArray());
        string key = folder.Write("key.der", signer.Key.SubjectPublicKeyInfo.ToArray());

        Tool openssl = Tool.Run("openssl", "dgst", "-sm3", "-keyform", "DER", "-verify", key, "-sigopt", "distid:1234567812345678", "-signature", value, data);

        Assert.Equal("Verified OK\n", openssl.Output);
        Assert.Equal("1.2.156.10197.1.401", info.DigestOid);
        Assert.Equal("1.2.156.10197.1.501", info.SignatureAlgorithmIdentifier.Oid);
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("RSA-PSS-SHA256")]
    [InlineData("RSA-PSS-SHA512")]
    [InlineData("RSA-PKCS1-SHA3-256")]
    [InlineData("RSA-PKCS1-SHA3-512")]
    [InlineData("RSA-PSS-SHA3-384")]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("ECDSA-P384-SHA3-384")]
    [InlineData("ECDSA-P521-SHA512")]
    public async Task SignedCms_verifies_a_detached_signature(string name)
    {
        TestSigner signer = TestSigner.Shared(Algorithm(name));
        var witness = new SignedCms(new ContentInfo(s_content), detached: true);
        witness.Decode(await SignAsync(signer));
        witness.CheckSignature(verifySignatureOnly: true);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void The_announced_size_is_exact_for_RSA_and_an_upper_bound_otherwise(string name)
    {
        SignatureAlgorithm algorithm = Algorithm(name);
        TestSigner signer = TestSigner.Shared(algorithm);
        var builder = new SignedDataBuilder(signer.Certificate, [signer.Root], algorithm);
        bool isRsa = algorithm.Scheme is SignatureScheme.RsaPkcs1 or SignatureScheme.RsaPss;
        for (int i = 0; i < (isRsa ? 1 : 16); i++)
        {
            PreparedSignedData prepared = builder.Prepare(algorithm.Digest.Compute(s_content));
            byte[] value = signer.Key.Sign(prepared.BytesToSign.Span);
            byte[] without = prepared.Complete(value);
            byte[] with = prepared.Complete(value, [PreparedSignedData.SignatureTimestamp(Token(3000))]);

            int slack = builder.MaximumSignatureSize - value.Length;
            Assert.InRange(slack, 0, isRsa ? 0 : 8);
            Assert.InRange(builder.MaximumSize() - without.Length, slack, slack == 0 ? 0 : slack + 4);
            Assert.InRange(builder.MaximumSize(Token(3000).Length) - with.Length, slack, slack == 0 ? 0 : slack + 4);
        }
    }

    [Fact]
    public async Task Certificates_are_embedded_once_and_in_DER_order()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
        var builder = new SignedDataBuilder(signer.Certificate, [signer.Root, signer.Certificate, signer.Root], signer.Key.Algorithm);
        byte[] encoded = await builder.SignAsync(signer.Key, DigestAlgorithm.Sha256.Compute(s_content));

        IReadOnlyList<Certificate> certificates = SignedData.Decode(encoded).Certificates;
        Assert.Equal(2, certificates.Count);
        Assert.True(certificates[0].RawData.Span.SequenceCompareTo(certificates[1].RawData.Span) < 0);
        DerReader der = DerReader.OpenSequence(encoded); // strict DER at the top …
        Assert.Equal(Oids.CmsSignedData, der.ReadObjectIdentifier());
        Assert.Equal(encoded, BerConverter.ToDer(encoded, sortSets: true)); // … and all the way down
    }

    [Fact]
    public async Task Optional_attributes_are_written_as_their_standards_say()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.RsaPkcs1Sha256);
        var time = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);
        var profile = new SignedAttributesProfile
        {
            ProtectAlgorithms = true,
            IncludeIssuerSerial = true,
            SigningTime = time,
            CommitmentTypeOid = "1.2.840.113549.1.9.16.6.1",
            Policy = new SignaturePolicyReference("1.2.3.4", DigestAlgorithm.Sha256, new byte[32], new Uri("https://example.org/policy")),
            RevocationInfoArchival = Convert.FromHexString("3000"),
        };
        var builder = new SignedDataBuilder(signer.Certificate, [], signer.Key.Algorithm, profile);
        PreparedSignedData prepared = builder.Prepare(DigestAlgorithm.Sha256.Compute(s_content), contentTimestamp: Token(50));
        byte[] encoded = prepared.Complete(signer.Key.Sign(prepared.BytesToSign.Span));

        SignedData read = SignedData.Decode(encoded);
        ESign.Pki.Cms.SignerInfo info = read.SignerInfos[0];
        SignerVerdict verdict = read.Verify(info, SignedContent.FromBytes(s_content));
        Assert.True(verdict.IsIntact);
        Assert.Equal(CmsCheck.Passed, verdict.Algorithms);
        Assert.Equal(CmsCheck.Passed, verdict.CertificateBinding);
        Assert.Equal(9, info.SignedAttributes.Count);
        Assert.Equal("170D3236303330343035303630375A", Convert.ToHexString(info.FindSignedAttribute(Oids.SigningTime)!.Values[0].Span));
        Assert.Equal("300D060B2A864886F70D0109100601", Convert.ToHexString(info.FindSignedAttribute(Oids.CommitmentTypeIndication)!.Values[0].Span));
        EssCertificateId id = Assert.Single(EssCertificateId.DecodeAttribute(info.FindSignedAttribute(Oids.SigningCertificateV2)!.Values[0], version2: true));
        Assert.Equal(signer.Certificate.Issuer.RawData.ToArray(), id.Issuer.ToArray());
        Assert.Equal(signer.Certificate.SerialNumber.ToArray(), id.SerialNumber.ToArray());
        Assert.InRange(builder.MaximumSize(contentTimestampSize: Token(50).Length) - encoded.Length, 0, 8);
    }

    [Fact]
    public void RFC_5035_4_the_default_hash_algorithm_is_left_out()
    {
        byte[] sha256 = EssCertificateId.EncodeAttribute(new EssCertificateId(Oids.Sha256, new byte[32], default, default));
        byte[] sm3 = EssCertificateId.EncodeAttribute(new EssCertificateId(Oids.Sm3, new byte[32], default, default));
        Assert.Equal("3026302430220420" + new string('0', 64), Convert.ToHexString(sha256));
        Assert.Equal("3032" + "3030" + "302E" + "300A06082A811CCF55018311" + "0420" + new string('0', 64), Convert.ToHexString(sm3));
    }

    [Fact]
    public void Two_steps_make_the_same_bytes_as_one()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.RsaPkcs1Sha256);
        byte[] digest = DigestAlgorithm.Sha256.Compute(s_content);
        var builder = new SignedDataBuilder(signer.Certificate, [signer.Root], signer.Key.Algorithm);
        byte[] saved = builder.Prepare(digest).BytesToSign.ToArray();
        byte[] value = signer.Key.Sign(saved);

        var later = new SignedDataBuilder(signer.Certificate, [signer.Root], signer.Key.Algorithm);
        Assert.Equal(builder.Prepare(digest).Complete(value), later.Resume(saved).Complete(value));
        Assert.Equal(DigestAlgorithm.Sha256.Compute(saved), later.Resume(saved).ComputeDigestToSign());
        Assert.Throws<Asn1FormatException>(() => later.Resume(new byte[] { 1, 2, 3 }));
        Assert.Throws<ArgumentException>(() => later.Resume(saved).Complete(new byte[257]));
        Assert.Throws<ArgumentException>(() => builder.Prepare(new byte[20]));
    }

    [Fact]
    public async Task An_unsigned_attribute_added_later_leaves_everything_else_as_it_was()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP384Sha384);
        byte[] encoded = await SignAsync(signer);
        CmsAttribute timestamp = PreparedSignedData.SignatureTimestamp(Token(200));

        SignedData before = SignedData.Decode(encoded);
        SignedData after = SignedData.Decode(UnsignedAttributeSet.Add(encoded, timestamp));
        SignedData twice = SignedData.Decode(UnsignedAttributeSet.Add(after.RawData, timestamp));

        Assert.Equal(before.SignerInfos[0].RawSignedAttributes.ToArray(), after.SignerInfos[0].RawSignedAttributes.ToArray());
        Assert.True(after.Verify(after.SignerInfos[0], SignedContent.FromBytes(s_content)).IsIntact);
        Assert.Equal(timestamp.Values[0].ToArray(), after.SignerInfos[0].FindUnsignedAttribute(Oids.SignatureTimestamp)!.Values[0].ToArray());
        Assert.Equal(2, twice.SignerInfos[0].UnsignedAttributes.Count);
        PreparedSignedData prepared = new SignedDataBuilder(signer.Certificate, [signer.Root], signer.Key.Algorithm).Prepare(DigestAlgorithm.Sha384.Compute(s_content));
        Assert.Equal(prepared.Complete(before.SignerInfos[0].Signature.Span, [timestamp]), after.RawData.ToArray());
    }

    private static SignatureAlgorithm Algorithm(string name) => SignatureAlgorithm.All.Single(algorithm => algorithm.Name == name);

    private static async Task<byte[]> SignAsync(TestSigner signer)
    {
        var builder = new SignedDataBuilder(signer.Certificate, [signer.Root], signer.Key.Algorithm);
        return await builder.SignAsync(signer.Key, signer.Key.Algorithm.Digest.Compute(s_content));
    }

    // any DER value will do for an attribute nobody reads here
    private static byte[] Token(int size)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, size + 8);
        writer.WriteOctetString(new byte[size]);
        return writer.Encode();
    }
}
