using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Keys;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>What our own signer writes at each level, as the verifier sees it.</summary>
public class LevelTests
{
    public static TheoryData<string> Algorithms => ["RSA-PKCS1-SHA256", "RSA-PSS-SHA256", "ECDSA-P256-SHA256", "SM2-SM3"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Each_level_passes_and_is_recognised(string algorithm)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync(SignatureAlgorithm.FromName(algorithm));
        (PadesLevel Level, SignatureLevel Expected)[] levels =
            [(PadesLevel.B, SignatureLevel.BB), (fixture.T, SignatureLevel.BT), (fixture.LT, SignatureLevel.BLT), (fixture.LTA, SignatureLevel.BLTA)];
        foreach ((PadesLevel level, SignatureLevel expected) in levels)
        {
            VerificationResult result = await fixture.VerifyAsync(await fixture.SignAsync(level));
            SignatureVerdict verdict = result.Signatures[0];
            Assert.True(result.Verdict == DocumentVerdict.Valid, level.Name + ": " + Explain(result));
            Assert.Equal(DocumentCode.Intact, result.Code);
            Assert.True(verdict is { DigestIntact: true, SignatureIntact: true, Trusted: true, IsTampered: false });
            // SM2 goes into adbe.pkcs7.detached, which is no PAdES baseline signature.
            Assert.Equal(algorithm == "SM2-SM3" ? SignatureLevel.None : expected, verdict.Level);
            Assert.Equal(expected == SignatureLevel.BB ? null : fixture.Clock.Now, verdict.BestSignatureTime);
        }
    }

    [Fact]
    public async Task A_signature_over_the_whole_file_says_so_and_names_its_field_and_page()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(await fixture.SignAsync(options: new() { Reason = "合同签署", Location = "深圳" }));
        Assert.Equal(Coverage.WholeFile, verdict.Coverage);
        Assert.Equal(ModificationLevel.None, verdict.Modifications!.Level);
        Assert.Equal("Signature1", verdict.FieldName);
        Assert.Equal(1, verdict.Places[0].Page);
        Assert.Equal("合同签署", verdict.Reason);
        Assert.Equal("深圳", verdict.Location);
        Assert.Equal(fixture.Clock.Now, verdict.SigningTime);
        Assert.Equal(fixture.Pki.Enterprise.Certificate, verdict.Certificate);
        Assert.Empty(verdict.Missing);
    }

    [Fact]
    public async Task An_earlier_signature_covers_its_revision_and_stays_valid_after_the_next()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] once = await fixture.SignAsync();
        VerificationResult result = await fixture.VerifyAsync(await fixture.SignAsync(once));
        Assert.True(result.Verdict == DocumentVerdict.Valid, Explain(result));
        Assert.Equal([Coverage.WholeRevision, Coverage.WholeFile], result.Signatures.Select(signature => signature.Coverage));
        Assert.Equal(ModificationLevel.FormFilling, result.Signatures[0].Modifications!.Level);
    }

    [Fact]
    public async Task Without_an_anchor_nobody_is_trusted()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(await fixture.SignAsync(), new VerificationPolicy { Clock = fixture.Clock });
        Assert.Equal((Indication.Indeterminate, SubIndication.NoCertificateChainFound), (verdict.Indication, verdict.SubIndication));
        Assert.Equal(DocumentCode.IntactWithOthers, verdict.Code);
    }

    [Fact]
    public async Task Without_revocation_evidence_the_verdict_is_open_unless_the_policy_accepts_that()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        SignatureVerdict strict = await fixture.VerifyFirstAsync(signed, fixture.Policy(online: false));
        Assert.Equal((Indication.Indeterminate, SubIndication.CertificateChainGeneralFailure), (strict.Indication, strict.SubIndication));
        SignatureVerdict soft = await fixture.VerifyFirstAsync(signed, fixture.Policy(online: false) with { UnknownRevocation = UnknownRevocation.Accept });
        Assert.Equal(Indication.Passed, soft.Indication);
    }

    [Fact]
    public async Task A_document_without_signatures_is_unsigned()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        VerificationResult result = await fixture.VerifyAsync(Signing.TestDocuments.TwoPages());
        Assert.Equal(DocumentVerdict.Unsigned, result.Verdict);
        Assert.Equal(DocumentCode.NoSignature, result.Code);
        Assert.Empty(result.Signatures);
    }

    internal static string Explain(VerificationResult result) => string.Join('\n', result.Signatures.SelectMany(signature => signature.Checks
        .Where(check => check.Outcome != CheckOutcome.Passed)
        .Select(check => $"{signature.FieldName} {signature.SubIndication} {check.Rule}: {check.Message}")));
}
