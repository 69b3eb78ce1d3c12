using System.Formats.Asn1;
using System.Text;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
using ESign.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace ESign.Pki.Tests.ElectronicSeals;

/// <summary>SES_Signature: GB/T 38540-2020 as made, GM/T 0031-2014 and GM/T 0031-2025 as read; other implementations as witnesses.</summary>
public class SealSignatureTests
{
    private static readonly SealFixture s_fixture = SealFixture.Create();
    private static readonly SignedContent s_content = SignedContent.FromBytes(SealFixture.Document);

    [Fact]
    public async Task GB_T_38540_SES_Signature_is_written_field_by_field()
    {
        ElectronicSeal seal = await s_fixture.MakeAsync();
        SealSignature signature = await s_fixture.SignAsync(seal);

        AsnReader outer = new AsnReader(signature.RawData, AsnEncodingRules.DER).ReadSequence();
        AsnReader toSign = outer.ReadSequence();
        Assert.Equal(4, (int)toSign.ReadInteger());
        Assert.Equal(seal.RawData.ToArray(), toSign.ReadEncodedValue().ToArray());
        Assert.Equal("20260301083015Z", Encoding.ASCII.GetString(toSign.ReadEncodedValue().Span[2..]));
        Assert.Equal(DigestAlgorithm.Sm3.Compute(SealFixture.Document), toSign.ReadBitString(out int unused));
        Assert.Equal(0, unused);
        Assert.Equal("[0 10 20 30]", toSign.ReadCharacterString(UniversalTagNumber.IA5String));
        Assert.False(toSign.HasData);
        Assert.Equal(s_fixture.Signer.Certificate.RawData.ToArray(), outer.ReadOctetString());
        Assert.Equal("1.2.156.10197.1.501", outer.ReadObjectIdentifier());
        Assert.Equal(0x30, outer.ReadBitString(out _)[0]);
        Assert.False(outer.HasData);
    }

    [Fact]
    public async Task Every_check_is_visible_in_the_order_of_the_standard()
    {
        SealVerdict verdict = (await s_fixture.SignAsync()).Verify(s_content);
        Assert.True(verdict.IsValid, ElectronicSealTests.Describe(verdict));
        Assert.Equal(
            [
                SealRule.SealSignature, SealRule.MakerCertificatePeriod, SealRule.SealPeriod, SealRule.CriticalExtensions, SealRule.SealTimestamp,
                SealRule.SignerListed, SealRule.SignerCertificatePeriod, SealRule.DataHash, SealRule.SignatureValue, SealRule.SignatureTimestamp,
            ],
            verdict.Findings.Select(static finding => finding.Rule));
        Assert.Equal((s_fixture.Maker.Certificate, s_fixture.Signer.Certificate), (verdict.MakerCertificate, verdict.SignerCertificate));
        Assert.Equal(SealFixture.Now, verdict.Time);
    }

    [Fact]
    public async Task Openssl_verifies_maker_and_signer_over_the_same_bytes()
    {
        SealSignature signature = await s_fixture.SignAsync();
        Assert.Equal("Verified OK\n", OpenSsl(s_fixture.Maker, signature.Seal.InfoBytes, signature.Seal.SignatureValue));
        Assert.Equal("Verified OK\n", OpenSsl(s_fixture.Signer, signature.SignedBytes, signature.SignatureValue));
        Assert.Equal("Verification failure\n", OpenSsl(s_fixture.Maker, signature.SignedBytes, signature.SignatureValue));
    }

    [Fact]
    public async Task BouncyCastle_verifies_the_signature_and_ours_verifies_what_it_signs()
    {
        SealSignature signature = await s_fixture.SignAsync();
        var key = (ECPublicKeyParameters)PublicKeyFactory.CreateKey(s_fixture.Signer.Key.SubjectPublicKeyInfo.ToArray());
        var witness = new SM2Signer();
        witness.Init(forSigning: false, new ParametersWithID(key, "1234567812345678"u8.ToArray()));
        witness.BlockUpdate(signature.SignedBytes.ToArray(), 0, signature.SignedBytes.Length);
        Assert.True(witness.VerifySignature(signature.SignatureValue.ToArray()));
    }

    [Fact]
    public async Task A_timestamp_covers_the_signature_value()
    {
        TestPki pki = await TestPki.SharedAsync();
        SealSignature signature = await s_fixture.SignAsync(timestamps: pki.Timestamps);
        Assert.NotNull(signature.Timestamp);
        Assert.Equal(DigestAlgorithm.Sm3.Compute(signature.SignatureValue.Span), signature.Timestamp.Info.HashedMessage.ToArray());
        SealVerdict verdict = signature.Verify(s_content);
        Assert.True(verdict.IsValid, ElectronicSealTests.Describe(verdict));
        Assert.Equal(CmsCheck.Passed, verdict[SealRule.SignatureTimestamp]);

        SealSignature other = await s_fixture.SignAsync();
        SealSignature moved = SealSignature.Decode(Build(signature.Seal).Assemble(other.SignedBytes.Span, other.SignatureValue.Span, signature.TimestampBytes!.Value.Span));
        Assert.Equal(CmsCheck.Failed, moved.Verify(s_content)[SealRule.SignatureTimestamp]);
        SealSignature broken = SealSignature.Decode(Build(signature.Seal).Assemble(other.SignedBytes.Span, other.SignatureValue.Span, [1, 2, 3]));
        Assert.Equal(CmsCheck.Malformed, broken.Verify(s_content)[SealRule.SignatureTimestamp]);
    }

    [Fact]
    public async Task Changed_data_is_told_from_a_changed_signature()
    {
        SealVerdict verdict = (await s_fixture.SignAsync()).Verify(SignedContent.FromBytes("other bytes"u8.ToArray()));
        Assert.Equal(CmsCheck.Failed, verdict[SealRule.DataHash]);
        Assert.Equal(CmsCheck.Passed, verdict[SealRule.SignatureValue]);
        Assert.False(verdict.IsValid);
    }

    [Fact]
    public async Task Who_is_not_listed_cannot_sign_and_is_refused_when_he_does()
    {
        ElectronicSeal seal = await s_fixture.MakeAsync();
        using TestSigner stranger = TestSigner.Create(SignatureAlgorithm.Sm2Sm3);
        Assert.Throws<ArgumentException>(() => new SealSignatureBuilder(stranger.Certificate, SignatureAlgorithm.Sm2Sm3, seal));

        ElectronicSeal theirs = await s_fixture.MakeAsync(s_fixture.Request with { Signers = SealSignerList.OfCertificates(stranger.Certificate) });
        SealSignatureBuilder builder = new(stranger.Certificate, SignatureAlgorithm.Sm2Sm3, theirs);
        byte[] toSign = ReplaceSeal(builder.EncodeToSign(SealFixture.Now, DigestAlgorithm.Sm3.Compute(SealFixture.Document), "[0 10 20 30]"), seal);
        SealVerdict verdict = SealSignature.Decode(builder.Assemble(toSign, stranger.Key.Sign(toSign), [])).Verify(s_content);
        Assert.Equal(CmsCheck.Failed, verdict[SealRule.SignerListed]);
        Assert.Equal(CmsCheck.Passed, verdict[SealRule.SignatureValue]);
        Assert.False(verdict.IsValid);
    }

    [Fact]
    public async Task A_forged_seal_is_refused_though_the_signature_over_it_is_right()
    {
        SealFixture forger = SealFixture.Create();
        ElectronicSeal real = await s_fixture.MakeAsync();
        ElectronicSeal forged = await forger.MakeAsync();

        // The forger's list under the real maker's certificate and signature.
        byte[] mixed = SealFixture.Encode(writer =>
        {
            writer.WriteEncodedValue(forged.InfoBytes.Span);
            writer.WriteOctetString(real.MakerCertificate.RawData.Span);
            writer.WriteObjectIdentifier(real.SignatureAlgorithmOid);
            writer.WriteBitString(real.SignatureValue.Span);
        });
        SealVerdict verdict = (await forger.SignAsync(ElectronicSeal.Decode(mixed))).Verify(s_content);
        Assert.Equal(CmsCheck.Failed, verdict[SealRule.SealSignature]);
        Assert.Equal(CmsCheck.Passed, verdict[SealRule.SignatureValue]);
        Assert.False(verdict.IsValid);
    }

    [Fact]
    public async Task Validity_is_judged_at_the_claimed_time_or_at_the_one_given()
    {
        SealSignature signature = await s_fixture.SignAsync();
        Assert.Equal(CmsCheck.Passed, signature.Verify(s_content)[SealRule.SignerCertificatePeriod]);
        Assert.Equal(CmsCheck.Failed, signature.Verify(s_content, new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero))[SealRule.SignerCertificatePeriod]);
        Assert.Equal(CmsCheck.Failed, signature.Verify(s_content, SealFixture.Now.AddYears(2))[SealRule.SealPeriod]);
    }

    [Theory]
    [InlineData("20260301083015Z")]
    [InlineData("260301083015Z")]
    [InlineData("der")]
    public void GM_T_0031_2014_SES_Signature_is_read(string time)
    {
        byte[] written = SealFixture.Ascii(time);
        if (time == "der")
        {
            var writer = new AsnWriter(AsnEncodingRules.DER, 32);
            writer.WriteUtcTime(SealFixture.Now);
            written = writer.Encode();
        }

        SealSignature signature = SealSignature.Decode(s_fixture.FirstEditionSignature(written));
        Assert.Equal((1, SealFixture.Now, "[0 10 20 30]"), (signature.Version, signature.Time!.Value, signature.PropertyInfo));
        SealVerdict verdict = signature.Verify(s_content);
        Assert.True(verdict.IsValid, ElectronicSealTests.Describe(verdict));
    }

    [Fact]
    public void A_time_of_the_first_edition_that_cannot_be_read_leaves_validity_open()
    {
        SealVerdict verdict = SealSignature.Decode(s_fixture.FirstEditionSignature([1, 2, 3])).Verify(s_content);
        Assert.Null(verdict.Time);
        Assert.Equal(CmsCheck.NotEvaluated, verdict[SealRule.SealPeriod]);
        Assert.False(verdict.IsValid);
        Assert.True(SealSignature.Decode(s_fixture.FirstEditionSignature([1, 2, 3])).Verify(s_content, SealFixture.Now).IsValid);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void A_seal_of_each_later_edition_can_be_used(int version)
    {
        ElectronicSeal seal = ElectronicSeal.Decode(s_fixture.LaterSeal(version, taggedExtensions: version == 5, criticalExtension: false));
        byte[] toSign = Build(seal).EncodeToSign(SealFixture.Now, DigestAlgorithm.Sm3.Compute(SealFixture.Document), "[0 10 20 30]");
        toSign[toSign.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x02, 0x01, 0x04]) + 2] = (byte)version;
        SealSignature signature = SealSignature.Decode(Build(seal).Assemble(toSign, s_fixture.Signer.Key.Sign(toSign), []));
        Assert.Equal(version, signature.Version);
        Assert.True(signature.Verify(s_content).IsValid);
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256", "SHA256")]
    [InlineData("ECDSA-P384-SHA384", "SHA384")]
    public async Task Other_algorithms_bring_their_digest(string name, string digest)
    {
        SealSignature signature = await SealFixture.Create(SignatureAlgorithm.FromName(name)).SignAsync();
        Assert.Equal(digest, signature.DigestAlgorithm!.Name);
        SealVerdict verdict = signature.Verify(s_content);
        Assert.True(verdict.IsValid, ElectronicSealTests.Describe(verdict));
    }

    [Fact]
    public async Task Padding_may_follow_and_its_start_is_told()
    {
        SealSignature signature = await s_fixture.SignAsync();
        byte[] padded = [.. signature.RawData.Span, 0, 0, 0];
        Assert.True(SealSignature.TryDecode(padded, out SealSignature? read, out int consumed));
        Assert.Equal(signature.RawData.Length, consumed);
        Assert.Equal(signature.RawData.ToArray(), read.RawData.ToArray());
        Assert.Throws<ESign.Pki.Asn1.Asn1FormatException>(() => SealSignature.Decode(padded));
    }

    [Fact]
    public async Task Every_flipped_byte_is_refused_or_wrong()
    {
        byte[] encoded = (await s_fixture.SignAsync()).RawData.ToArray();
        for (int i = 0; i < encoded.Length; i++)
        {
            byte[] changed = [.. encoded];
            changed[i] ^= 0x01;
            bool isValid = SealSignature.TryDecode(changed, out SealSignature? signature, out int consumed)
                && consumed == changed.Length
                && signature.Verify(s_content).IsValid;
            Assert.False(isValid, $"byte {i}");
        }
    }

    [Fact]
    public async Task Every_truncation_is_refused()
    {
        byte[] encoded = (await s_fixture.SignAsync()).RawData.ToArray();
        for (int length = 0; length < encoded.Length; length++)
        {
            Assert.False(SealSignature.TryDecode(encoded.AsMemory(0, length), out _, out _), $"{length} bytes");
        }
    }

    [Fact]
    public async Task CMS_and_seal_signatures_are_never_taken_for_one_another()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.Sm2Sm3);
        byte[] cms = await new SignedDataBuilder(signer.Certificate, [], signer.Key.Algorithm).SignAsync(signer.Key, DigestAlgorithm.Sm3.Compute(SealFixture.Document));
        Assert.False(SealSignature.TryDecode(cms, out _, out _));
        Assert.Throws<ESign.Pki.Asn1.Asn1FormatException>(() => SignedData.Decode(s_fixture.SignAsync().GetAwaiter().GetResult().RawData));
    }

    private static SealSignatureBuilder Build(ElectronicSeal seal) => new(s_fixture.Signer.Certificate, SignatureAlgorithm.Sm2Sm3, seal);

    private static byte[] ReplaceSeal(byte[] toSign, ElectronicSeal seal)
    {
        AsnReader fields = new AsnReader(toSign, AsnEncodingRules.DER).ReadSequence();
        return SealFixture.Encode(writer =>
        {
            writer.WriteEncodedValue(fields.ReadEncodedValue().Span);
            fields.ReadEncodedValue();
            writer.WriteEncodedValue(seal.RawData.Span);
            while (fields.HasData)
            {
                writer.WriteEncodedValue(fields.ReadEncodedValue().Span);
            }
        });
    }

    private static string OpenSsl(TestSigner signer, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> value)
    {
        using var folder = new TemporaryFolder();
        return Tool.Run(
            "openssl", "dgst", "-sm3", "-keyform", "DER", "-verify", folder.Write("key.der", signer.Key.SubjectPublicKeyInfo.ToArray()),
            "-sigopt", "distid:1234567812345678", "-signature", folder.Write("value", value.ToArray()), folder.Write("data", data.ToArray())).Output;
    }
}
