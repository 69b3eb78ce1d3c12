using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>RFC 5280 §6.3 and RFC 6960 at a control time, on evidence made here.</summary>
public sealed class RevocationTests : IDisposable
{
    private static readonly DateTimeOffset s_now = TestAuthority.Now;
    private static readonly (string, bool, byte[]) s_deltaBase5 = ("2.5.29.27", true, [2, 1, 5]);

    private readonly TestAuthority _root = TestAuthority.Root();
    private readonly Certificate _leaf;

    public RevocationTests() => _leaf = _root.Leaf();

    [Fact]
    public async Task A_certificate_not_listed_is_good()
    {
        PathVerdict verdict = await Judge([_root.Crl()]);
        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
        CertificateStatus status = Assert.Single(verdict.Revocation);
        Assert.Equal(RevocationStatus.Good, status.Status);
        Assert.Single(status.Crls);
    }

    [Theory]
    [InlineData(UnknownRevocation.Reject, PathErrorCode.RevocationUnknown)]
    [InlineData(UnknownRevocation.Accept, null)]
    [InlineData(UnknownRevocation.Off, null)]
    public async Task Without_evidence_the_policy_decides(UnknownRevocation unknown, object? expected) =>
        Assert.Equal(expected, (await Judge([], change: request => request with { UnknownRevocation = unknown })).Finding?.Code);

    [Fact]
    public async Task A_listed_certificate_is_revoked_and_the_verdict_says_when_and_why()
    {
        DateTimeOffset at = s_now.AddDays(-3);
        PathVerdict verdict = await Judge([_root.Crl(TestAuthority.Entry(_leaf, at, RevocationReason.Superseded))]);
        Assert.Equal(PathErrorCode.Revoked, verdict.Finding?.Code);
        Assert.Equal(SubIndication.RevokedNoPoe, verdict.SubIndication);
        Assert.Equal((at, RevocationReason.Superseded), (verdict.Revocation[0].RevokedAt, verdict.Revocation[0].Reason));
    }

    [Theory] // the control time: revoked later means good before
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task The_status_is_the_one_at_the_time_in_question(int seconds, bool holds)
    {
        DateTimeOffset revoked = s_now.AddDays(-3);
        PathVerdict verdict = await Judge(
            [_root.Crl(TestAuthority.Entry(_leaf, revoked, RevocationReason.CessationOfOperation))],
            change: request => request with { Time = revoked.AddSeconds(seconds), EvidenceTime = s_now });
        Assert.Equal(holds, verdict.IsValid);
        Assert.Equal(revoked, verdict.Revocation[0].RevokedAt);
    }

    [Theory] // §5.3.2: a compromise counts from the invalidity date
    [InlineData(RevocationReason.KeyCompromise, false)]
    [InlineData(RevocationReason.Superseded, true)]
    public async Task The_invalidity_date_counts_for_compromises(RevocationReason reason, bool holds)
    {
        CertificateRevocationList crl = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-3), reason, invalidity: s_now.AddDays(-30)));
        PathVerdict verdict = await Judge([crl], change: request => request with { Time = s_now.AddDays(-10), EvidenceTime = s_now });
        Assert.Equal(holds, verdict.IsValid);
    }

    [Fact]
    public async Task A_suspension_is_on_hold_and_a_delta_releases_it()
    {
        CertificateRevocationList complete = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-3), RevocationReason.CertificateHold));
        CertificateRevocationList delta = _root.Crl(
            TestAuthority.Entry(_leaf, s_now.AddDays(-3), RevocationReason.RemoveFromCrl), null, null, ("2.5.29.20", false, [2, 1, 6]), s_deltaBase5);

        PathVerdict held = await Judge([complete]);
        Assert.Equal(PathErrorCode.OnHold, held.Finding?.Code);
        Assert.Equal(SubIndication.TryLater, held.SubIndication);
        Assert.True((await Judge([complete, delta])).IsValid);
    }

    [Fact] // §6.3.3 (c)
    public async Task A_delta_adds_a_revocation_to_its_base()
    {
        CertificateRevocationList delta = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-1)), null, null, ("2.5.29.20", false, [2, 1, 6]), s_deltaBase5);

        Assert.Equal(PathErrorCode.Revoked, (await Judge([_root.Crl(), delta])).Finding?.Code);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([delta])).Finding?.Code);
    }

    [Theory]
    [InlineData(-10, -1, SubIndication.TryLater)] // nextUpdate has passed
    [InlineData(1, 5, SubIndication.CertificateChainGeneralFailure)] // not issued yet
    public async Task A_list_of_another_time_does_not_tell(int thisUpdate, int nextUpdate, SubIndication expected)
    {
        PathVerdict verdict = await Judge([_root.Crl(null, s_now.AddDays(thisUpdate), s_now.AddDays(nextUpdate))]);
        Assert.Equal(PathErrorCode.RevocationUnknown, verdict.Finding?.Code);
        Assert.Equal(expected, verdict.SubIndication);
    }

    [Fact] // §5.2.5, §6.3.3 (b)(2)(ii)–(iv), (l)
    public async Task A_partitioned_list_tells_only_of_its_part()
    {
        Assert.True((await Judge([Partition([0x81, 1, 0xFF])])).IsValid);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([Partition([0x82, 1, 0xFF])])).Finding?.Code);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([Partition([0x85, 1, 0xFF])])).Finding?.Code);

        CertificateRevocationList compromises = Partition([0x83, 2, 5, 0x60]);
        CertificateRevocationList others = Partition([0x83, 3, 7, 0x1F, 0x80]);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([compromises])).Finding?.Code);
        Assert.True((await Judge([compromises, others])).IsValid);
    }

    [Fact] // §5.2, §5.3
    public async Task A_list_with_an_unknown_critical_extension_does_not_tell()
    {
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([_root.Crl(null, null, null, ("1.2.3.4", true, [5, 0]))])).Finding?.Code);
        Certificate other = _root.Leaf("CN=Other");
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([_root.Crl(TestAuthority.Entry(other, s_now.AddDays(-1), unknownCritical: "1.2.3.4"))])).Finding?.Code);
    }

    [Fact] // §6.3.3 (f)
    public async Task The_signer_must_be_allowed_to_sign_lists_and_have_signed_this_one()
    {
        using TestAuthority mute = _root.Without("CN=Mute", X509KeyUsageFlags.KeyCertSign);
        Certificate leaf = mute.Leaf();
        PathVerdict verdict = await Judge([mute.Crl(), _root.Crl()], target: leaf, certificates: [mute.Certificate]);
        Assert.Equal(PathErrorCode.RevocationUnknown, verdict.Finding?.Code);

        using TestAuthority impostor = TestAuthority.Root();
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge([impostor.Crl()])).Finding?.Code);
    }

    [Fact]
    public async Task A_revoked_authority_fails_what_it_issued()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        PathVerdict verdict = await Judge([ca.Crl(), _root.Crl(TestAuthority.Entry(ca.Certificate, s_now.AddDays(-2), RevocationReason.CaCompromise))], target: ca.Leaf(), certificates: [ca.Certificate]);
        Assert.Equal(PathErrorCode.Revoked, verdict.Finding?.Code);
        Assert.Equal(SubIndication.RevokedCaNoPoe, verdict.SubIndication);
    }

    [Theory] // §5.2.4 (c), (d): the complete list is no older than the base, and older than the delta
    [InlineData(4, 6, false)]
    [InlineData(5, 6, false)]
    [InlineData(6, 7, true)]
    [InlineData(5, 5, true)]
    public async Task A_delta_is_applied_to_lists_between_its_base_and_itself(byte baseNumber, byte number, bool isUnknownToIt)
    {
        CertificateRevocationList delta = _root.Crl(
            TestAuthority.Entry(_leaf, s_now.AddDays(-1)), null, null, ("2.5.29.20", false, [2, 1, number]), ("2.5.29.27", true, [2, 1, baseNumber]));
        Assert.Equal(isUnknownToIt, (await Judge([_root.Crl(), delta])).IsValid);
    }

    [Theory] // §5.3.1: a suspension may be lifted, a revocation never
    [InlineData(null, PathErrorCode.Revoked)]
    [InlineData(RevocationReason.Superseded, PathErrorCode.Revoked)]
    [InlineData(RevocationReason.CertificateHold, null)]
    public async Task What_an_older_list_says_to_be_revoked_stays_so(RevocationReason? reason, object? expected)
    {
        CertificateRevocationList older = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-3), reason), s_now.AddDays(-2));
        Assert.Equal(expected, (await Judge([_root.Crl(), older])).Finding?.Code);
    }

    [Fact] // §5.2.3: of two lists of one second the number tells which is newer
    public async Task Of_lists_issued_at_once_the_greater_number_counts()
    {
        CertificateRevocationList held = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-3), RevocationReason.CertificateHold), null, null, ("2.5.29.20", false, [2, 1, 6]));
        Assert.Equal(PathErrorCode.OnHold, (await Judge([_root.Crl(), held])).Finding?.Code);
        Assert.True((await Judge([held, _root.Crl(null, null, null, ("2.5.29.20", false, [2, 1, 7]))])).IsValid);
    }

    [Theory] // RFC 6960 §2.2
    [InlineData(OcspCertificateStatus.Good, null)]
    [InlineData(OcspCertificateStatus.Revoked, PathErrorCode.Revoked)]
    [InlineData(OcspCertificateStatus.Unknown, PathErrorCode.RevocationUnknown)]
    public async Task The_issuer_answers_for_itself(object status, object? expected) =>
        Assert.Equal(expected, (await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, Answer((OcspCertificateStatus)status))])).Finding?.Code);

    [Fact] // RFC 6960 §4.2.2.2
    public async Task A_delegate_needs_the_purpose_and_the_same_issuer()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var purpose = new X509EnhancedKeyUsageExtension([new(KeyPurpose.OcspSigning)], critical: false);
        using TestAuthority other = _root.Intermediate("CN=Other");
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good);

        Certificate responder = _root.Leaf(key, "CN=Responder", purpose);
        Assert.True((await Judge([], [TestAuthority.Ocsp(responder, Sign, answer, null, responder)])).IsValid);
        Assert.False((await Judge([], [TestAuthority.Ocsp(responder, Sign, answer)])).IsValid);
        Certificate noPurpose = _root.Leaf(key, "CN=Responder");
        Assert.False((await Judge([], [TestAuthority.Ocsp(noPurpose, Sign, answer, null, noPurpose)])).IsValid);
        Certificate otherIssuer = other.Leaf(key, "CN=Responder", purpose);
        Assert.False((await Judge([], [TestAuthority.Ocsp(otherIssuer, Sign, answer, null, otherIssuer)], certificates: [other.Certificate])).IsValid);
    }

    [Fact] // ETSI EN 319 102-1 §5.1.3; responders whose certificates live for minutes are in use
    public async Task An_answer_that_outlived_its_responder_lacks_a_proof_of_its_age()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var purpose = new X509EnhancedKeyUsageExtension([new(KeyPurpose.OcspSigning)], critical: false);
        Certificate responder = _root.Leaf(key, "CN=Responder", s_now.AddHours(-2).AddMinutes(10), purpose);
        DateTimeOffset produced = s_now.AddHours(-2);
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good) with { ThisUpdate = produced };

        OcspResponse response = TestAuthority.Ocsp(responder, Sign, answer, produced, responder);
        PathVerdict late = await Judge([], [response]);
        Assert.Equal((PathErrorCode.RevocationUnknown, SubIndication.RevocationOutOfBoundsNoPoe), (late.Finding!.Code, late.SubIndication));
        Assert.True((await Judge([], [response], change: request => request with { Time = produced })).IsValid);
        Certificate renewed = _root.Leaf(key, "CN=Responder", purpose);
        Assert.True((await Judge([], [response], certificates: [renewed])).IsValid);

        OcspResponse forged = TestAuthority.Ocsp(responder, static data => new byte[data.Length], answer, produced, responder);
        Assert.Equal(SubIndication.CertificateChainGeneralFailure, (await Judge([], [forged])).SubIndication);
    }

    [Fact] // RFC 6960 §4.2.2.2.1
    public async Task A_revoked_delegate_is_not_believed_unless_its_issuer_said_no_check()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] Sign(byte[] data) => key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var purpose = new X509EnhancedKeyUsageExtension([new(KeyPurpose.OcspSigning)], critical: false);
        Certificate responder = _root.Leaf(key, "CN=Responder", purpose);
        Certificate noCheck = _root.Leaf(key, "CN=Responder", purpose, new X509Extension(ExtensionOid.OcspNoCheck, [5, 0], false));
        CertificateRevocationList crl = _root.Crl(writer =>
        {
            TestAuthority.Entry(responder, s_now.AddDays(-1))(writer);
            TestAuthority.Entry(noCheck, s_now.AddDays(-1))(writer);
        });
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good);

        Assert.Null((await Judge([crl], [TestAuthority.Ocsp(responder, Sign, answer, null, responder)])).Revocation[0].OcspResponse);
        Assert.NotNull((await Judge([crl], [TestAuthority.Ocsp(noCheck, Sign, answer with { ThisUpdate = s_now.AddHours(-1) }, null, noCheck)])).Revocation[0].OcspResponse);
    }

    [Fact] // RFC 6960 §4.4.4
    public async Task An_answer_after_the_end_of_the_certificate_needs_an_archive_cutoff()
    {
        DateTimeOffset late = TestAuthority.To.AddDays(30);
        PathRequest AtThatTime(PathRequest request) => request with { Time = s_now, EvidenceTime = late };
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good) with { ThisUpdate = late.AddHours(-1), NextUpdate = late.AddDays(1) };
        OcspSingleResponse archived = answer with { Extensions = [OcspEncoding.ArchiveCutoffExtension(TestAuthority.From)] };

        Assert.False((await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, answer, late)], change: AtThatTime)).IsValid);
        Assert.True((await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, archived, late)], change: AtThatTime)).IsValid);
    }

    [Fact]
    public async Task Of_two_answers_the_revocation_wins()
    {
        OcspResponse good = TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, Answer(OcspCertificateStatus.Good));
        OcspResponse revoked = TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, Answer(OcspCertificateStatus.Revoked));
        Assert.Equal(PathErrorCode.Revoked, (await Judge([], [good, revoked])).Finding?.Code);
        Assert.Equal(PathErrorCode.Revoked, (await Judge([], [revoked, good])).Finding?.Code);
        Assert.Equal(PathErrorCode.Revoked, (await Judge([_root.Crl()], [revoked])).Finding?.Code);
    }

    [Theory] // RFC 6960 §4.2.2.1, §3.2 (5): newer answers are to be had at all times, so an old one says little
    [InlineData(6, null)]
    [InlineData(8, PathErrorCode.RevocationUnknown)]
    public async Task A_good_answer_without_next_update_is_current_for_a_week(int days, object? expected)
    {
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good) with { ThisUpdate = s_now.AddDays(-days), NextUpdate = null };
        OcspResponse response = TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, answer, s_now.AddDays(-days));
        Assert.Equal(expected, (await Judge([], [response])).Finding?.Code);
        Assert.True((await Judge([], [response], change: request => request with { Time = s_now.AddDays(-days - 1), EvidenceTime = s_now })).IsValid);

        OcspSingleResponse revoked = Answer(OcspCertificateStatus.Revoked) with { ThisUpdate = s_now.AddDays(-days), NextUpdate = null, RevokedAt = s_now.AddDays(-days - 1) };
        Assert.Equal(PathErrorCode.Revoked, (await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, revoked, s_now.AddDays(-days))])).Finding?.Code);
    }

    [Fact] // X.509 §7.3: of two there is no telling which holds
    public async Task An_answer_with_an_extension_twice_is_not_used()
    {
        CertificateExtension cutoff = OcspEncoding.ArchiveCutoffExtension(TestAuthority.From);
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good);
        Assert.True((await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, answer with { Extensions = [cutoff] })])).IsValid);
        Assert.False((await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, answer with { Extensions = [cutoff, cutoff] })])).IsValid);
    }

    [Fact] // ETSI EN 319 102-1: expired, and known not to be revoked
    public async Task An_expired_certificate_is_told_from_one_that_was_revoked()
    {
        DateTimeOffset late = TestAuthority.To.AddDays(1);
        OcspSingleResponse answer = Answer(OcspCertificateStatus.Good) with { ThisUpdate = late, NextUpdate = late.AddDays(7), Extensions = [OcspEncoding.ArchiveCutoffExtension(TestAuthority.From)] };
        PathVerdict verdict = await Judge([], [TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, answer, late)], change: request => request with { Time = late });
        Assert.Equal(PathErrorCode.Expired, verdict.Finding?.Code);
        Assert.Equal(SubIndication.OutOfBoundsNotRevoked, verdict.SubIndication);
    }

    public void Dispose() => _root.Dispose();

    private CertificateRevocationList Partition(byte[] scope) =>
        _root.Crl(null, null, null, ("2.5.29.28", true, [0x30, (byte)scope.Length, .. scope]));

    private OcspSingleResponse Answer(OcspCertificateStatus status) => new(CertificateId.Create(_root.Certificate, _leaf.SerialNumber), status, s_now.AddHours(-2))
    {
        NextUpdate = s_now.AddDays(1),
        RevokedAt = status == OcspCertificateStatus.Revoked ? s_now.AddDays(-1) : null,
    };

    private async Task<PathVerdict> Judge(
        CertificateRevocationList[] crls, OcspResponse[]? responses = null, Certificate? target = null, Certificate[]? certificates = null, Func<PathRequest, PathRequest>? change = null)
    {
        var request = new PathRequest
        {
            Target = target ?? _leaf,
            Time = s_now,
            Certificates = certificates ?? [],
            RevocationSources = [new GivenRevocationSource(crls, responses ?? [])],
        };
        return await new PathValidator(new TrustAnchors([_root.Certificate])).ValidateAsync(change?.Invoke(request) ?? request);
    }
}
