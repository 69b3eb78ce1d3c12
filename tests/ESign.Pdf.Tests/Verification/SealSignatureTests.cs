using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Keys;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>PDF documents signed with GB/T 38540 electronic seals: written, read by the verifier, refused when anything is off.</summary>
public class SealSignatureTests
{
    [Theory]
    [InlineData("SM2-SM3", "SM3")]
    [InlineData("ECDSA-P256-SHA256", "SHA256")]
    public async Task A_seal_signature_stands_in_the_document_and_passes(string algorithm, string digest)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.FromName(algorithm));
        byte[] original = TestDocuments.TwoPages();
        var output = new MemoryStream();
        SignatureReceipt receipt = await new PdfSigner(fixture.Pki.Enterprise, fixture.Clock).SignAsync(new MemoryStream(original), output, await OptionsAsync(fixture) with
        {
            Seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001")).Place(SealPlacement.At(1, 380, 520)),
        });

        byte[] signed = output.ToArray();
        Assert.True(signed.AsSpan(0, original.Length).SequenceEqual(original), "the original bytes are an untouched prefix");
        (byte[] covered, byte[] value) = Assert.Single(Witness.SignaturesIn(signed));
        SealSignature signature = SealSignature.Decode(value);
        Assert.Equal(receipt.ByteRange.ToString(), signature.PropertyInfo);
        Assert.Equal(digest, signature.DigestAlgorithm!.Name);
        Assert.Equal(signature.DigestAlgorithm.Compute(covered), signature.DataHash.ToArray());
        Assert.Equal(fixture.Clock.Now, signature.Time);

        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.True(verdict.Indication == Indication.Passed, Explain(verdict));
        Assert.Equal("ESign.SES.GBT38540", verdict.SubFilter);
        Assert.Equal(fixture.Pki.Enterprise.Certificate, verdict.Certificate);
        Assert.Equal(SignatureLevel.None, verdict.Level);
        Assert.Equal(CheckOutcome.Passed, Check(verdict, "electronic-seal").Outcome);
        Assert.Equal(signature.SignatureValue.ToArray(), verdict.SignatureValue.ToArray());
    }

    [Fact]
    public async Task Other_programs_read_the_file_and_report_a_signature_they_do_not_know()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        using var folder = new TemporaryFolder();
        string file = folder.Write("signed.pdf", await fixture.SignAsync(options: await OptionsAsync(fixture)));
        Assert.Empty(Witness.QpdfComplaints(file));
        Witness.PdfSigEntry entry = Assert.Single(Witness.PdfSig(file));
        Assert.Equal("Signature1", entry.Field);
        Assert.False(entry.IsValid, entry.Text);
    }

    [Fact]
    public async Task A_timestamp_proves_when_it_was_signed()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        byte[] signed = await fixture.SignAsync(fixture.T, await OptionsAsync(fixture));
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.True(verdict.Indication == Indication.Passed, Explain(verdict));
        Assert.Equal(fixture.Clock.Now, verdict.BestSignatureTime);
        Assert.True(Assert.Single(verdict.Timestamps) is { ImprintIntact: true, SignatureIntact: true, Kind: TimestampKind.Signature });
    }

    [Fact]
    public async Task Every_kind_of_flipped_byte_is_noticed()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        byte[] signed = await fixture.SignAsync(options: await OptionsAsync(fixture));
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        ByteRange range = verdict.ByteRange!.Value;
        int valueLength = Witness.SignaturesIn(signed).Single().Value.Length;
        int[] places = [100, (int)range.SecondStart + 10, .. Enumerable.Range(0, valueLength / 61).Select(i => (int)range.FirstLength + 1 + (2 * i * 61))];
        foreach (int place in places)
        {
            byte[] changed = [.. signed];
            changed[place] = changed[place] == (byte)'0' ? (byte)'1' : (byte)'0';
            VerificationResult result = await fixture.VerifyAsync(changed);
            Assert.True(result.Verdict != DocumentVerdict.Valid, $"byte {place}");
        }
    }

    [Fact]
    public async Task A_seal_signature_under_the_name_of_CMS_is_recognised_by_its_content()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        byte[] signed = await fixture.SignAsync(options: await OptionsAsync(fixture));
        int name = signed.AsSpan().IndexOf("/Filter/Adobe.PPKLite/SubFilter/ESign.SES.GBT38540"u8);
        "/Filter/Adobe.PPKMS /SubFilter/adbe.pkcs7.detached"u8.CopyTo(signed.AsSpan(name)); // Of equal length; the digest no longer fits, all else does.
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Equal("adbe.pkcs7.detached", verdict.SubFilter);
        Assert.Equal(CheckOutcome.Passed, Check(verdict, "format").Outcome);
        Assert.Equal(fixture.Pki.Enterprise.Certificate, verdict.Certificate);
        Assert.True(verdict is { SignatureIntact: true, DigestIntact: false });
        Assert.Equal(Indication.Failed, verdict.Indication);
    }

    [Fact]
    public async Task A_seal_made_by_somebody_nobody_trusts_is_not_accepted()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        SigningCredential stranger = TestSigner.Shared(SignatureAlgorithm.Sm2Sm3).Credential;
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(await fixture.SignAsync(options: await OptionsAsync(fixture, maker: stranger)));
        Assert.Equal((Indication.Indeterminate, SubIndication.NoCertificateChainFound), (verdict.Indication, verdict.SubIndication));
        Assert.True(verdict is { DigestIntact: true, SignatureIntact: true });
        Assert.Equal(CheckOutcome.Indeterminate, Check(verdict, "electronic-seal").Outcome);
    }

    [Fact]
    public async Task A_seal_out_of_force_is_named()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        SignatureOptions expired = await OptionsAsync(fixture, validTo: fixture.Clock.Now.AddMinutes(-1));
        SignatureVerdict wrong = await fixture.VerifyFirstAsync(await fixture.SignAsync(options: expired));
        Assert.Equal((Indication.Failed, SubIndication.SigConstraintsFailure), (wrong.Indication, wrong.SubIndication));

        SignatureOptions soon = await OptionsAsync(fixture, validTo: fixture.Clock.Now.AddDays(1));
        byte[] plain = await fixture.SignAsync(options: soon);
        byte[] stamped = await fixture.SignAsync(fixture.T, soon);
        fixture.Clock.Now = fixture.Clock.Now.AddDays(2);
        SignatureVerdict open = await fixture.VerifyFirstAsync(plain);
        Assert.Equal((Indication.Indeterminate, SubIndication.OutOfBoundsNoPoe), (open.Indication, open.SubIndication));
        SignatureVerdict proven = await fixture.VerifyFirstAsync(stamped);
        Assert.True(proven.Indication == Indication.Passed, Explain(proven));
    }

    /// <summary>The store and the document timestamp are the document's, whatever shape a signature has: they keep seal signatures, too.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_seal_signature_outlives_its_certificates(bool isExtendedLater)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        SignatureOptions options = await OptionsAsync(fixture);
        byte[] archived = isExtendedLater
            ? await SignedFixture.ExtendAsync(await fixture.SignAsync(PadesLevel.B, options), fixture.LTA)
            : await fixture.SignAsync(fixture.LTA, options);
        DateTimeOffset signedAt = fixture.Clock.Now;
        fixture.Clock.Now += TimeSpan.FromDays(800); // signer, maker and seal have expired; the timestamp authority has not
        VerificationPolicy policy = fixture.Policy(online: false) with { RevocationSource = null };
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(archived, fixture.Policy());
        Assert.True(verdict.Indication == Indication.Passed, Explain(verdict));
        Assert.Equal(signedAt, verdict.BestSignatureTime);

        // Without what the store holds nothing of it could be known any more.
        SignatureVerdict bare = await fixture.VerifyFirstAsync(await fixture.SignAsync(fixture.T, options with { ClaimedTime = signedAt }), policy);
        Assert.NotEqual(Indication.Passed, bare.Indication);
    }

    [Fact]
    public async Task What_cannot_be_expressed_is_refused_before_anything_is_written()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        SignatureOptions options = await OptionsAsync(fixture);
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.SignAsync(options: options with { CommitmentTypeOid = "1.2.840.113549.1.9.16.6.1" }));
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.SignAsync(options: options, credential: TestSigner.Shared(SignatureAlgorithm.Sm2Sm3).Credential));
        var deferred = new DeferredPdfSigner(fixture.Pki.Enterprise.Certificate, [], SignatureAlgorithm.Sm2Sm3, fixture.Clock);
        var draft = new MemoryStream();
        await Assert.ThrowsAsync<ArgumentException>(() => deferred.PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), draft, options));
        Assert.Equal(0, draft.Length);
    }

    private static async Task<SignatureOptions> OptionsAsync(SignedFixture fixture, SigningCredential? maker = null, DateTimeOffset? validTo = null)
    {
        maker ??= await fixture.Pki.EnterpriseAsync("示例印章制作中心", "91440300708461136T", fixture.Pki.Enterprise.Key.Algorithm);
        ElectronicSeal seal = await new ElectronicSealMaker(maker, fixture.Clock).MakeAsync(new ElectronicSealRequest
        {
            SealId = "4403000000001",
            Name = "深圳示例科技有限公司",
            Picture = new SealPicture("PNG", new byte[] { 0x89, 0x50, 0x4E, 0x47 }, 42, 42),
            Signers = SealSignerList.OfCertificates(fixture.Pki.Enterprise.Certificate),
            ValidFrom = fixture.Clock.Now.AddDays(-1),
            ValidTo = validTo ?? fixture.Clock.Now.AddYears(1),
        });
        return new SignatureOptions { Profile = SignatureProfile.SealSignature(seal) };
    }

    private static CheckResult Check(SignatureVerdict verdict, string rule) => verdict.Checks.Single(check => check.Rule == rule);

    private static string Explain(SignatureVerdict verdict) =>
        string.Join('\n', verdict.Checks.Where(check => check.Outcome != CheckOutcome.Passed).Select(check => $"{check.Rule}: {check.Message}"));
}
