using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Keys.Gm;
using ESign.Testing;

namespace ESign.Pki.Tests.Cms;

/// <summary>What the reader takes from others, and what no change survives.</summary>
public sealed class SignedDataReaderTests
{
    private static readonly byte[] s_content = "content to sign\n"u8.ToArray();

    [Theory]
    [InlineData("-binary")] // detached DER
    [InlineData("-binary", "-nodetach")]
    [InlineData("-binary", "-nodetach", "-stream", "-indef")] // indefinite lengths, octet string in pieces
    [InlineData("-binary", "-noattr")] // the value covers the content itself
    [InlineData("-binary", "-keyid")] // version 3
    [InlineData("-binary", "-nosmimecap", "-nocerts")]
    [InlineData("-binary", "-cades")]
    [InlineData("-binary", "-md", "sha512")]
    public void Signatures_of_openssl_cms_are_intact(params string[] options)
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.RsaPkcs1Sha256);
        byte[] encoded = OpensslSign(signer, options);

        SignedData read = SignedData.Decode(encoded);
        SignedContent? detached = read.Content is null ? SignedContent.FromBytes(s_content) : null;
        SignerVerdict verdict = read.Verify(read.SignerInfos[0], detached, [signer.Certificate]);

        Assert.True(verdict.IsIntact, verdict.ToString());
        Assert.Equal(signer.Certificate, verdict.Certificate);
        Assert.Equal(!options.Contains("-noattr"), verdict.HasSignedAttributes);
        Assert.Equal(options.Contains("-cades") ? CmsCheck.Passed : CmsCheck.Absent, verdict.CertificateBinding);
        Assert.Equal(options.Contains("-nocerts") ? 0 : 1, read.Certificates.Count);
        Assert.False(read.Verify(read.SignerInfos[0], SignedContent.FromBytes("other"u8.ToArray()), [signer.Certificate]).IsIntact);
    }

    [Fact]
    public void What_follows_the_signature_is_counted_not_read()
    {
        byte[] encoded = OpensslSign(TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256), "-binary");
        byte[] padded = [.. encoded, .. new byte[100]];
        SignedData.Decode(padded, out int consumed);
        Assert.Equal(encoded.Length, consumed);
        Assert.Equal(Asn1ErrorCode.TrailingData, Assert.Throws<Asn1FormatException>(() => SignedData.Decode(padded)).Code);
        byte[] indefinite = OpensslSign(TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256), "-binary", "-nodetach", "-stream", "-indef");
        Assert.Equal(0x80, indefinite[1]);
        SignedData.Decode((byte[])[.. indefinite, 0, 0, 0], out consumed);
        Assert.Equal(indefinite.Length, consumed);
    }

    [Theory]
    [InlineData(false)] // signed as transmitted, although not DER
    [InlineData(true)] // signed as DER, transmitted in another order
    public void Attributes_out_of_order_verify_either_way(bool signedAsDer)
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
        byte[] der = new SignedDataBuilder(signer.Certificate, [], signer.Key.Algorithm).Prepare(DigestAlgorithm.Sha256.Compute(s_content)).BytesToSign.ToArray();
        List<ReadOnlyMemory<byte>> attributes = [];
        for (DerReader set = new DerReader(der).ReadSetOf(); set.HasData;)
        {
            attributes.Add(set.ReadEncodedValue());
        }

        attributes.Reverse();
        byte[] reversed = [.. der[..(der.Length - attributes.Sum(static a => a.Length))], .. attributes.SelectMany(static a => a.ToArray())];
        byte[] encoded = Shape(signer, reversed, signer.Key.Sign(signedAsDer ? der : reversed));

        SignedData read = SignedData.Decode(encoded);
        SignerVerdict verdict = read.Verify(read.SignerInfos[0], SignedContent.FromBytes(s_content));
        Assert.True(verdict.IsIntact);
        Assert.Equal(signedAsDer, verdict.AttributesWereReencoded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GB_T_35275_signatures_verify_with_and_without_attributes(bool withAttributes)
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.Sm2Sm3);
        byte[]? attributes = withAttributes
            ? new SignedDataBuilder(signer.Certificate, [], signer.Key.Algorithm, contentTypeOid: Oids.GmData).Prepare(DigestAlgorithm.Sm3.Compute(s_content)).BytesToSign.ToArray()
            : null;
        byte[] encoded = Shape(signer, attributes, signer.Key.Sign(attributes ?? s_content), Oids.GmSignedData, Oids.GmData, Oids.Sm2Sign);

        SignedData read = SignedData.Decode(encoded);
        Assert.True(read.Verify(read.SignerInfos[0], SignedContent.FromBytes(s_content)).IsIntact);
        Assert.Equal(Oids.GmData, read.ContentType);

        // content that is digested on demand: Z goes first when there are no attributes
        var prefixes = new List<int>();
        SignedContent onDemand = SignedContent.FromDigester((algorithm, prefix) =>
        {
            prefixes.Add(prefix.Length);
            return algorithm.Compute([.. prefix.Span, .. s_content]);
        });
        Assert.True(read.Verify(read.SignerInfos[0], onDemand).IsIntact);
        Assert.Equal([withAttributes ? 0 : Sm3Digest.SizeInBytes], prefixes);
    }

    [Fact]
    public void The_signer_is_found_by_identifier_and_binding_never_by_position()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
        TestSigner other = TestSigner.Shared(SignatureAlgorithm.RsaPkcs1Sha256);
        var builder = new SignedDataBuilder(signer.Certificate, [other.Certificate, other.Root, signer.Root], signer.Key.Algorithm);
        PreparedSignedData prepared = builder.Prepare(DigestAlgorithm.Sha256.Compute(s_content));
        SignedData read = SignedData.Decode(prepared.Complete(signer.Key.Sign(prepared.BytesToSign.Span)));
        SignerVerdict verdict = read.Verify(read.SignerInfos[0], SignedContent.FromBytes(s_content));
        Assert.Equal(4, read.Certificates.Count);
        Assert.Equal(signer.Certificate, verdict.Certificate);
    }

    [Fact]
    public void RFC_5035_3_a_certificate_identifier_for_another_certificate_fails_the_binding_alone()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
        TestSigner other = TestSigner.Shared(SignatureAlgorithm.RsaPkcs1Sha256);
        byte[] attributes = new SignedDataBuilder(other.Certificate, [], signer.Key.Algorithm).Prepare(DigestAlgorithm.Sha256.Compute(s_content)).BytesToSign.ToArray();
        SignedData read = SignedData.Decode(Shape(signer, attributes, signer.Key.Sign(attributes)));
        SignerVerdict verdict = read.Verify(read.SignerInfos[0], SignedContent.FromBytes(s_content));
        Assert.True(verdict.IsIntact);
        Assert.Equal(CmsCheck.Failed, verdict.CertificateBinding);
    }

    [Fact]
    public void Without_the_certificate_nothing_is_called_right()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
        SignedData read = SignedData.Decode(OpensslSign(signer, "-binary", "-nocerts"));
        SignerVerdict verdict = read.Verify(read.SignerInfos[0], SignedContent.FromBytes(s_content));
        Assert.Null(verdict.Certificate);
        Assert.Equal(CmsCheck.NotEvaluated, verdict.SignatureValue);
        Assert.Equal(CmsCheck.Passed, verdict.MessageDigest);
        Assert.False(verdict.IsIntact);
    }

    [Fact]
    public void Flipping_any_byte_of_the_attributes_or_the_value_never_stays_intact()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256);
        var builder = new SignedDataBuilder(signer.Certificate, [signer.Root], signer.Key.Algorithm);
        PreparedSignedData prepared = builder.Prepare(DigestAlgorithm.Sha256.Compute(s_content));
        byte[] encoded = prepared.Complete(signer.Key.Sign(prepared.BytesToSign.Span));
        SignerInfo info = SignedData.Decode(encoded).SignerInfos[0];
        foreach (ReadOnlyMemory<byte> part in new[] { info.RawSignedAttributes, info.Signature })
        {
            int start = encoded.AsSpan().LastIndexOf(part.Span);
            for (int i = start; i < start + part.Length; i++)
            {
                foreach (byte bit in (ReadOnlySpan<byte>)[0x01, 0x80])
                {
                    encoded[i] ^= bit;
                    bool intact = SignedData.TryDecode(encoded, out SignedData? changed, out _)
                        && changed.SignerInfos is [var only]
                        && changed.Verify(only, SignedContent.FromBytes(s_content)).IsIntact;
                    Assert.False(intact, $"byte {i}, bit {bit:X2}");
                    encoded[i] ^= bit;
                }
            }
        }
    }

    [Fact]
    public void Damaged_signatures_are_refused_or_judged_and_nothing_else_happens()
    {
        byte[] encoded = OpensslSign(TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256), "-binary", "-nodetach", "-stream", "-indef");
        for (int i = 0; i < encoded.Length; i++)
        {
            byte[] changed = [.. encoded];
            changed[i] ^= 0xFF;
            foreach (byte[] hostile in new[] { changed, encoded[..i] })
            {
                if (SignedData.TryDecode(hostile, out SignedData? read, out _))
                {
                    foreach (SignerInfo info in read.SignerInfos)
                    {
                        read.Verify(info, SignedContent.FromBytes(s_content));
                    }
                }
            }
        }
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        byte[] nested = [.. Enumerable.Repeat((byte[])[0x30, 0x80], 100_000).SelectMany(static x => x)];
        Assert.Throws<Asn1FormatException>(() => SignedData.Decode(nested));
        byte[] closed = [.. nested[..2000], .. new byte[2000]];
        Assert.Equal(Asn1ErrorCode.LimitExceeded, Assert.Throws<Asn1FormatException>(() => BerConverter.ToDer(closed, sortSets: true)).Code);
    }

    /// <summary>A SignedData put together by hand, in shapes the builder does not write.</summary>
    private static byte[] Shape(TestSigner signer, byte[]? attributes, byte[] value, string type = Oids.CmsSignedData, string contentType = Oids.CmsData, string? signatureOid = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        var context0 = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var digest = new AlgorithmIdentifier(signer.Key.Algorithm.Digest.Oid);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSequence(context0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf())
                {
                    digest.Write(writer);
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(contentType);
                }

                using (writer.PushSetOf(context0))
                {
                    writer.WriteEncodedValue(signer.Certificate.RawData.Span);
                }

                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteInteger(1);
                    using (writer.PushSequence())
                    {
                        writer.WriteEncodedValue(signer.Certificate.Issuer.RawData.Span);
                        writer.WriteInteger(signer.Certificate.SerialNumber.Span);
                    }

                    digest.Write(writer);
                    if (attributes is not null)
                    {
                        writer.WriteEncodedValue([0xA0, .. attributes[1..]]);
                    }

                    (signatureOid is null ? signer.Key.Algorithm.Identifier : new AlgorithmIdentifier(signatureOid)).Write(writer);
                    writer.WriteOctetString(value);
                }
            }
        }

        return writer.Encode();
    }

    private static byte[] OpensslSign(TestSigner signer, params string[] options)
    {
        using var folder = new TemporaryFolder();
        string content = folder.Write("content", s_content);
        File.WriteAllText(folder.PathTo("cert.pem"), PemEncoding.WriteString("CERTIFICATE", signer.Certificate.RawData.Span));
        File.WriteAllText(folder.PathTo("key.pem"), PemEncoding.WriteString("PRIVATE KEY", signer.Key.ExportPkcs8()));
        string[] arguments = ["cms", "-sign", .. options, "-in", content, "-signer", folder.PathTo("cert.pem"), "-inkey", folder.PathTo("key.pem"), "-outform", "DER", "-out", folder.PathTo("out")];
        Tool openssl = Tool.Run("openssl", arguments);
        Assert.True(openssl.ExitCode == 0, openssl.Error);
        return File.ReadAllBytes(folder.PathTo("out"));
    }
}
