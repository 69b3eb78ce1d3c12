using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification;

/// <summary>ETSI EN 319 102-1 §5.5 and §5.6: what time does to a signature, and what timestamps do against it.</summary>
public class TimeTests
{
    private static readonly TimeSpan s_year = TimeSpan.FromDays(366);

    [Fact]
    public async Task A_signature_without_a_timestamp_dies_with_its_certificate()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        fixture.Clock.Now += 2 * s_year;
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Equal(Indication.Indeterminate, verdict.Indication);
        Assert.True(verdict.SubIndication is SubIndication.OutOfBoundsNoPoe or SubIndication.OutOfBoundsNotRevoked, verdict.SubIndication.ToString());
    }

    [Fact]
    public async Task A_timestamp_and_stored_evidence_outlive_the_certificate()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.LT);
        DateTimeOffset signedAt = fixture.Clock.Now;
        fixture.Clock.Now += 2 * s_year;
        VerificationResult result = await fixture.VerifyAsync(signed);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
        Assert.Equal(signedAt, result.Signatures[0].BestSignatureTime);
    }

    [Fact]
    public async Task A_judgement_for_an_earlier_time_sees_the_certificate_as_it_was()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        DateTimeOffset signedAt = fixture.Clock.Now;
        VerificationPolicy policy = fixture.Policy() with { ValidationTime = signedAt.AddHours(1) };
        fixture.Clock.Now = signedAt.AddHours(1);
        RevocationEvidence then = await fixture.Evidence.FindAsync(fixture.Pki.Enterprise.Certificate, fixture.Pki.Issuing.Certificate, TestContext.Current.CancellationToken);
        RevocationEvidence root = await fixture.Evidence.FindAsync(fixture.Pki.Issuing.Certificate, fixture.Pki.Root.Certificate, TestContext.Current.CancellationToken);
        fixture.Clock.Now += 2 * s_year;
        VerificationResult result = await fixture.VerifyAsync(signed, policy with { RevocationSource = null, RevocationLists = [.. then.Crls, .. root.Crls] });
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
    }

    [Fact]
    public async Task Revoked_before_the_timestamp_is_not_trusted()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        await fixture.Pki.Issuing.RevokeAsync(fixture.Pki.Enterprise.Certificate.SerialNumberHex, RevocationReason.KeyCompromise, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        byte[] signed = await fixture.SignAsync(fixture.T);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Equal((Indication.Indeterminate, SubIndication.RevokedNoPoe), (verdict.Indication, verdict.SubIndication));
        Assert.False(verdict.Trusted);
    }

    [Fact]
    public async Task Revoked_after_the_timestamp_stays_trusted()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.T);
        fixture.Clock.Now += TimeSpan.FromDays(10);
        await fixture.Pki.Issuing.RevokeAsync(fixture.Pki.Enterprise.Certificate.SerialNumberHex, RevocationReason.CessationOfOperation, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Clock.Now += TimeSpan.FromDays(10);
        VerificationResult result = await fixture.VerifyAsync(signed);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
    }

    [Fact]
    public async Task Revoked_without_a_timestamp_is_not_trusted_whatever_time_is_claimed()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        fixture.Clock.Now += TimeSpan.FromDays(10);
        await fixture.Pki.Issuing.RevokeAsync(fixture.Pki.Enterprise.Certificate.SerialNumberHex, RevocationReason.KeyCompromise, cancellationToken: TestContext.Current.CancellationToken);
        fixture.Clock.Now += TimeSpan.FromDays(10);
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Equal((Indication.Indeterminate, SubIndication.RevokedNoPoe), (verdict.Indication, verdict.SubIndication));
    }

    [Fact]
    public async Task An_archive_renewed_in_time_outlives_every_certificate_in_it()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.LTA);
        DateTimeOffset signedAt = fixture.Clock.Now;

        // Before the first timestamp authority expires (5 years), a second one, of another hierarchy, takes over.
        fixture.Clock.Now = signedAt + (4 * s_year);
        TestPki second = await TestPki.CreateAsync(clock: fixture.Clock);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        byte[] renewed = await SignedFixture.ExtendAsync(signed, PadesLevel.LTA(second.Timestamps, new AuthorityEvidence(fixture.Pki, second)));

        // Signer (1 year), first authority (5) and issuing CA (10) have expired; only the second authority's newer one lives on.
        fixture.Clock.Now = signedAt + (8 * s_year);
        TestPki third = await TestPki.CreateAsync(clock: fixture.Clock);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        byte[] again = await SignedFixture.ExtendAsync(renewed, PadesLevel.LTA(third.Timestamps, new AuthorityEvidence(fixture.Pki, second, third)));
        fixture.Clock.Now = signedAt + (11 * s_year);
        VerificationPolicy policy = fixture.Policy(online: false, second.Root.Certificate, third.Root.Certificate) with { RevocationSource = new AuthorityEvidence(third) };
        VerificationResult result = await fixture.VerifyAsync(again, policy);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
        Assert.Equal(4, result.Signatures.Count);
        Assert.Equal(SignatureLevel.BLTA, result.Signatures[0].Level);
        Assert.Equal(signedAt, result.Signatures[0].BestSignatureTime);
    }

    [Fact]
    public async Task An_archive_that_was_not_renewed_proves_nothing_once_its_authority_expired()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync(fixture.LTA);
        fixture.Clock.Now += 11 * s_year;
        VerificationResult result = await fixture.VerifyAsync(signed, fixture.Policy(online: false));
        Assert.Equal(DocumentVerdict.Indeterminate, result.Verdict);
        Assert.All(result.Signatures, signature => Assert.True(signature is { DigestIntact: true, SignatureIntact: true, Trusted: false }));
    }

    /// <summary>§5.6.2.1: a CRL of an authority that has expired since may be forged, unless a timestamp shows that it is old.</summary>
    [Theory]
    [InlineData(false, SubIndication.RevocationOutOfBoundsNoPoe)]
    [InlineData(true, SubIndication.None)]
    public async Task Evidence_whose_signer_expired_must_be_proven_to_be_older(bool isArchived, SubIndication expected)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        fixture.Clock.Now = SignedFixture.Start + (9 * s_year); // the issuing CA lives ten years
        TestPki second = await TestPki.CreateAsync(clock: fixture.Clock);
        using Pki.Certificates.SigningCredential late = await fixture.Pki.EnterpriseAsync("深圳示例科技有限公司", "91350100M000100Y43");
        fixture.Clock.Now += TimeSpan.FromDays(1);
        var evidence = new AuthorityEvidence(fixture.Pki, second);
        byte[] signed = await fixture.SignAsync(isArchived ? PadesLevel.LTA(second.Timestamps, evidence) : PadesLevel.LT(second.Timestamps, evidence), credential: late);

        fixture.Clock.Now += 2 * s_year; // signer and CA have expired, the timestamp authority has not
        VerificationPolicy policy = fixture.Policy(online: false, second.Root.Certificate) with { RevocationSource = new AuthorityEvidence(second) };
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed, policy);
        Assert.Equal(expected, verdict.SubIndication);
        Assert.Equal(expected == SubIndication.None ? Indication.Passed : Indication.Indeterminate, verdict.Indication);
    }

    /// <summary>§5.4: a timestamp taken from another signature stamps something else; it proves nothing here and takes nothing away.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timestamp_copied_from_another_signature_is_left_out(bool hasOwn)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ForeignSignature signature = await ForeignSignature.CreateAsync(fixture);
        (X509Certificate2 signer, Certificate root) = ForeignSignature.Issue(SignedFixture.Start, SignedFixture.Start + s_year);
        var other = new SignedCms();
        other.Decode(await ForeignSignature.StampAsync(fixture, signature.Sign(signer, digest: HashAlgorithmName.SHA384)));
        var cms = new SignedCms();
        cms.Decode(signature.Sign(signer));
        cms.SignerInfos[0].AddUnsignedAttribute(other.SignerInfos[0].UnsignedAttributes[0].Values[0]);
        fixture.Clock.Now += TimeSpan.FromHours(1);
        byte[] value = hasOwn ? await ForeignSignature.StampAsync(fixture, cms.Encode()) : cms.Encode();

        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signature.With(value), ForeignSignature.Trusting(fixture, root));
        Assert.Equal(Indication.Passed, verdict.Indication);
        Assert.Contains(verdict.Timestamps, timestamp => timestamp is { SubIndication: SubIndication.HashFailure, ImprintIntact: false });
        Assert.Equal(hasOwn ? fixture.Clock.Now : null, verdict.BestSignatureTime);
        Assert.Equal(hasOwn ? SignatureLevel.BT : SignatureLevel.BB, verdict.Level);
    }

    /// <summary>§5.5.4: a timestamp whose authority nobody trusts proves no time; the signature is judged as if it had none.</summary>
    [Fact]
    public async Task A_timestamp_of_an_authority_that_nobody_trusts_proves_nothing()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        TestPki stranger = await TestPki.CreateAsync(clock: fixture.Clock);
        byte[] signed = await fixture.SignAsync(PadesLevel.T(stranger.Timestamps));
        SignatureVerdict fresh = await fixture.VerifyFirstAsync(signed);
        Assert.Equal(Indication.Passed, fresh.Indication);
        Assert.Null(fresh.BestSignatureTime);
        Assert.Equal(SubIndication.NoCertificateChainFound, Assert.Single(fresh.Timestamps).SubIndication);

        fixture.Clock.Now += 2 * s_year;
        SignatureVerdict late = await fixture.VerifyFirstAsync(signed);
        Assert.Equal(Indication.Indeterminate, late.Indication);
        Assert.True(late.SubIndication is SubIndication.OutOfBoundsNoPoe or SubIndication.OutOfBoundsNotRevoked, late.SubIndication.ToString());
        Assert.Equal(Indication.Passed, (await fixture.VerifyFirstAsync(signed, fixture.Policy(online: true, stranger.Root.Certificate) with { RevocationSource = new AuthorityEvidence(fixture.Pki, stranger) })).Indication);
    }

    /// <summary>An archive is a chain: with one timestamp broken, what it alone vouched for is not proven any more.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task An_archive_with_a_broken_timestamp_proves_nothing_beyond_it(bool isBroken, bool passes)
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] archived = await fixture.SignAsync(fixture.LTA, new Pdf.Signing.SignatureOptions());
        DateTimeOffset signedAt = fixture.Clock.Now;
        fixture.Clock.Now = signedAt + (4 * s_year);
        TestPki second = await TestPki.CreateAsync(clock: fixture.Clock);
        fixture.Clock.Now += TimeSpan.FromDays(1);
        byte[] renewed = await SignedFixture.ExtendAsync(archived, PadesLevel.LTA(second.Timestamps, new AuthorityEvidence(fixture.Pki, second)));
        fixture.Clock.Now = signedAt + (6 * s_year); // the first timestamp authority, signature timestamp and all, has expired
        VerificationPolicy policy = fixture.Policy(online: false, second.Root.Certificate) with { RevocationSource = new AuthorityEvidence(second) };
        if (isBroken)
        {
            // The newest timestamp, the only one that still holds by itself, loses a bit of its value.
            VerificationResult whole = await fixture.VerifyAsync(renewed, policy);
            ESign.Pdf.Document.ByteRange range = whole.Signatures[^1].ByteRange!.Value;
            int last = (int)range.SecondStart - 2;
            while (renewed[last] == '0')
            {
                last--;
            }

            renewed[last - 20] = (byte)(renewed[last - 20] == '0' ? '1' : '0');
        }

        SignatureVerdict verdict = await fixture.VerifyFirstAsync(renewed, policy);
        Assert.True(passes == (verdict.Indication == Indication.Passed), $"{verdict.Indication}/{verdict.SubIndication}");
        Assert.True(verdict is { DigestIntact: true, SignatureIntact: true });
    }
}
