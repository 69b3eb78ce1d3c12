using System.Formats.Asn1;
using System.Text;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
using ESign.Testing;

namespace ESign.Pki.Tests.ElectronicSeals;

/// <summary>SESeal: GB/T 38540-2020 as made, GM/T 0031-2014 and GM/T 0031-2025 as read.</summary>
public class ElectronicSealTests
{
    private static readonly SealFixture s_fixture = SealFixture.Create();

    [Fact]
    public async Task GB_T_38540_SESeal_is_written_field_by_field()
    {
        ElectronicSeal seal = await s_fixture.MakeAsync(s_fixture.Request with { Extensions = [new SealExtension("1.2.3.4", IsCritical: false, "ext"u8.ToArray())] });

        // Read with the platform's reader alone.
        AsnReader sequence = new AsnReader(seal.RawData, AsnEncodingRules.DER).ReadSequence();
        AsnReader info = sequence.ReadSequence();
        AsnReader header = info.ReadSequence();
        Assert.Equal("ES", header.ReadCharacterString(UniversalTagNumber.IA5String));
        Assert.Equal(4, (int)header.ReadInteger());
        Assert.Equal("ESign", header.ReadCharacterString(UniversalTagNumber.IA5String));
        Assert.False(header.HasData);
        Assert.Equal("44030000000001", info.ReadCharacterString(UniversalTagNumber.IA5String));

        AsnReader property = info.ReadSequence();
        Assert.Equal(1, (int)property.ReadInteger());
        Assert.Equal("深圳示例科技有限公司", property.ReadCharacterString(UniversalTagNumber.UTF8String));
        Assert.Equal(1, (int)property.ReadInteger());
        AsnReader list = property.ReadSequence();
        Assert.Equal(s_fixture.Signer.Certificate.RawData.ToArray(), list.ReadOctetString());
        Assert.False(list.HasData);
        Assert.Equal("20260301083015Z", TimeText(property));
        Assert.Equal("20260228083015Z", TimeText(property));
        Assert.Equal("20270301083015Z", TimeText(property));
        Assert.False(property.HasData);

        AsnReader picture = info.ReadSequence();
        Assert.Equal("PNG", picture.ReadCharacterString(UniversalTagNumber.IA5String));
        Assert.Equal(SealFixture.Picture.Data.ToArray(), picture.ReadOctetString());
        Assert.Equal(42, (int)picture.ReadInteger());
        Assert.Equal(42, (int)picture.ReadInteger());
        AsnReader extension = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence().ReadSequence();
        Assert.Equal("1.2.3.4", extension.ReadObjectIdentifier());
        Assert.Equal("ext"u8.ToArray(), extension.ReadOctetString());
        Assert.False(info.HasData);

        Assert.Equal(s_fixture.Maker.Certificate.RawData.ToArray(), sequence.ReadOctetString());
        Assert.Equal("1.2.156.10197.1.501", sequence.ReadObjectIdentifier());
        Assert.Equal(0x30, sequence.ReadBitString(out _)[0]);
        Assert.False(sequence.HasData);
    }

    [Fact]
    public async Task What_was_asked_for_is_read_back_and_verifies()
    {
        ElectronicSeal seal = ElectronicSeal.Decode((await s_fixture.MakeAsync()).RawData.ToArray());
        Assert.Equal(
            (4, "ESign", "44030000000001", 1, "深圳示例科技有限公司", SealFixture.Now),
            (seal.Version, seal.VendorId, seal.SealId, seal.Type, seal.Name, seal.CreatedAt));
        Assert.Equal((SealFixture.Now.AddDays(-1), SealFixture.Now.AddYears(1)), (seal.ValidFrom, seal.ValidTo));
        Assert.Equal(("PNG", 42, 42), (seal.Picture.Type, seal.Picture.Width, seal.Picture.Height));
        Assert.True(seal.Signers.Contains(s_fixture.Signer.Certificate));
        Assert.False(seal.Signers.Contains(s_fixture.Maker.Certificate));
        SealVerdict verdict = seal.Verify(SealFixture.Now);
        Assert.True(verdict.IsValid, Describe(verdict));
        Assert.Equal(s_fixture.Maker.Certificate, verdict.MakerCertificate);
        Assert.Equal(CmsCheck.Absent, verdict[SealRule.SealTimestamp]);
        Assert.Equal(CmsCheck.NotEvaluated, verdict[SealRule.DataHash]);
    }

    [Theory]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("ECDSA-P256-SHA256")]
    public async Task Other_algorithms_go_by_their_identifiers(string name)
    {
        ElectronicSeal seal = await SealFixture.Create(SignatureAlgorithm.FromName(name)).MakeAsync();
        Assert.Equal(SignatureAlgorithm.FromName(name)!.Oid, seal.SignatureAlgorithmOid);
        Assert.True(seal.Verify(SealFixture.Now).IsValid);
    }

    [Fact]
    public void PSS_keys_are_refused_because_a_seal_has_no_place_for_parameters()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.RsaPssSha256);
        Assert.Throws<ArgumentException>(() => new ElectronicSealMaker(signer.Credential));
    }

    [Fact]
    public void SM2_keys_under_the_empty_user_id_are_refused_because_a_seal_names_none()
    {
        TestSigner signer = TestSigner.Shared(SignatureAlgorithm.Sm2Sm3EmptyUserId);
        Assert.Throws<ArgumentException>(() => new ElectronicSealMaker(signer.Credential));
    }

    [Fact]
    public async Task Digests_of_certificates_list_signers_without_showing_them()
    {
        SealSignerList list = SealSignerList.OfDigests(DigestAlgorithm.Sm3, s_fixture.Signer.Certificate);
        ElectronicSeal seal = await s_fixture.MakeAsync(s_fixture.Request with { Signers = list });
        SealSignerDigest digest = Assert.Single(seal.Signers.Digests);
        Assert.Equal("SM3", digest.Type);
        Assert.Equal(DigestAlgorithm.Sm3.Compute(s_fixture.Signer.Certificate.RawData.Span), digest.Value.ToArray());
        Assert.True(seal.Signers.Contains(s_fixture.Signer.Certificate));
        Assert.False(seal.Signers.Contains(s_fixture.Maker.Certificate));
        Assert.True(seal.Verify(SealFixture.Now).IsValid);
    }

    [Theory]
    [InlineData(-2, CmsCheck.Failed)]
    [InlineData(0, CmsCheck.Passed)]
    [InlineData(366, CmsCheck.Failed)]
    public async Task A_seal_is_valid_between_its_own_dates(int days, object expected)
    {
        SealVerdict verdict = (await s_fixture.MakeAsync()).Verify(SealFixture.Now.AddDays(days));
        Assert.Equal(expected, verdict[SealRule.SealPeriod]);
        Assert.Equal(expected is CmsCheck.Passed, verdict.IsValid);
        Assert.Equal(CmsCheck.Passed, verdict[SealRule.SealSignature]);
    }

    [Fact]
    public async Task A_maker_whose_certificate_had_expired_is_named()
    {
        using TestSigner expired = TestSigner.Create(SignatureAlgorithm.Sm2Sm3, notAfter: SealFixture.Now.AddDays(-1));
        ElectronicSeal seal = await new ElectronicSealMaker(expired.Credential, s_fixture.Clock).MakeAsync(s_fixture.Request);
        Assert.Equal(CmsCheck.Failed, seal.Verify(SealFixture.Now)[SealRule.MakerCertificatePeriod]);
    }

    [Fact]
    public void GM_T_0031_2014_SESeal_is_read()
    {
        ElectronicSeal seal = ElectronicSeal.Decode(s_fixture.FirstEditionSeal());
        Assert.Equal((1, "测试公章", SealFixture.Now), (seal.Version, seal.Name, seal.CreatedAt));
        Assert.True(seal.Signers.Contains(s_fixture.Signer.Certificate));
        SealVerdict verdict = seal.Verify(SealFixture.Now);
        Assert.True(verdict.IsValid, Describe(verdict));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(5, false)]
    public void Extensions_are_read_with_and_without_their_tag(int version, bool tagged)
    {
        ElectronicSeal seal = ElectronicSeal.Decode(s_fixture.LaterSeal(version, tagged, criticalExtension: false));
        Assert.Equal(version, seal.Version);
        Assert.Equal("1.2.3.4", Assert.Single(seal.Extensions).Oid);
        Assert.True(seal.Verify(SealFixture.Now).IsValid);
    }

    [Fact]
    public void An_unknown_critical_extension_is_not_passed_over()
    {
        SealVerdict verdict = ElectronicSeal.Decode(s_fixture.LaterSeal(4, taggedExtensions: true, criticalExtension: true)).Verify(SealFixture.Now);
        Assert.Equal(CmsCheck.Unsupported, verdict[SealRule.CriticalExtensions]);
        Assert.False(verdict.IsValid);
    }

    [Fact]
    public async Task GM_T_0031_2025_SESeal_carries_a_timestamp_over_its_signature()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] Stamp(byte[] value) => pki.Timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, DigestAlgorithm.Sha256.Compute(value), default).AsTask().GetAwaiter().GetResult().RawData.ToArray();

        SealVerdict right = ElectronicSeal.Decode(s_fixture.LaterSeal(5, true, false, Stamp)).Verify(SealFixture.Now);
        Assert.True(right.IsValid, Describe(right));
        Assert.Equal(CmsCheck.Passed, right[SealRule.SealTimestamp]);
        Assert.Equal(CmsCheck.Failed, ElectronicSeal.Decode(s_fixture.LaterSeal(5, true, false, value => Stamp([.. value, 0]))).Verify(SealFixture.Now)[SealRule.SealTimestamp]);
        Assert.Equal(CmsCheck.Malformed, ElectronicSeal.Decode(s_fixture.LaterSeal(5, true, false, value => [1, 2, 3])).Verify(SealFixture.Now)[SealRule.SealTimestamp]);
        Assert.False(ElectronicSeal.TryDecode(s_fixture.LaterSeal(4, true, false, Stamp), out _), "version 4 has no timestamp");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6)]
    public void A_version_that_does_not_fit_the_shape_is_refused(int version) =>
        Assert.False(ElectronicSeal.TryDecode(s_fixture.LaterSeal(version, taggedExtensions: true, criticalExtension: false), out _));

    [Fact]
    public async Task Every_flipped_byte_of_a_seal_is_refused_or_wrong()
    {
        byte[] encoded = (await s_fixture.MakeAsync()).RawData.ToArray();
        ReadOnlySpan<byte> maker = s_fixture.Maker.Certificate.RawData.Span;
        int certificate = encoded.AsSpan().LastIndexOf(maker);
        for (int i = 0; i < encoded.Length; i++)
        {
            if (i >= certificate && i < certificate + maker.Length)
            {
                continue; // The maker's certificate stands outside what the maker signs: its path is judged, not its bytes.
            }

            byte[] changed = [.. encoded];
            changed[i] ^= 0x01;
            Assert.False(ElectronicSeal.TryDecode(changed, out ElectronicSeal? seal) && seal.Verify(SealFixture.Now).IsValid, $"byte {i}");
        }
    }

    [Fact]
    public async Task Every_truncation_of_a_seal_is_refused()
    {
        byte[] encoded = (await s_fixture.MakeAsync()).RawData.ToArray();
        for (int length = 0; length < encoded.Length; length++)
        {
            Assert.False(ElectronicSeal.TryDecode(encoded.AsMemory(0, length), out _), $"{length} bytes");
        }
    }

    [Fact]
    public void A_list_without_end_is_refused()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, 8192);
        using (writer.PushSequence())
        {
            for (int i = 0; i < 1025; i++)
            {
                writer.WriteOctetString([1]);
            }
        }

        Asn1FormatException refusal = Assert.Throws<Asn1FormatException>(() => SealSignerList.Read(new DerReader(writer.Encode()), hasType: false));
        Assert.Equal(Asn1ErrorCode.LimitExceeded, refusal.Code);
        Assert.Throws<ArgumentException>(() => SealSignerList.OfCertificates());
    }

    internal static string Describe(SealVerdict verdict) => string.Join('\n', verdict.Findings.Select(static finding => $"{finding.Rule}: {finding.Result} {finding.Message}"));

    private static string TimeText(AsnReader reader) => Encoding.ASCII.GetString(reader.ReadEncodedValue().Span[2..]);
}
