using System.Formats.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>Constraints of the anchors themselves; lists that cover some reasons; lists that keep expired certificates, and those that do not.</summary>
public sealed class AnchorAndScopeTests : IDisposable
{
    private const string PointOid = "2.5.29.28";
    private const string ExpiredOid = "2.5.29.60";

    private static readonly DateTimeOffset s_now = TestAuthority.Now;

    private readonly TestAuthority _root = TestAuthority.Root();
    private readonly Certificate _leaf;

    public AnchorAndScopeTests() => _leaf = _root.Leaf();

    [Fact] // RFC 5937 §3.2: an anchor's name constraints and path length hold for what hangs below it
    public async Task What_an_anchor_constrains_itself_to_holds()
    {
        using TestAuthority anchor = TestAuthority.Root(TestExtensions.NameConstraints(false, 2, "example.com"));
        Assert.True((await JudgeAsync(anchor, anchor.Leaf("CN=Leaf", TestExtensions.Host("a.example.com")))).IsValid);
        Assert.Equal(PathErrorCode.NameConstraints, (await JudgeAsync(anchor, anchor.Leaf("CN=Leaf", TestExtensions.Host("example.org")))).Finding?.Code);
    }

    [Fact]
    public async Task An_anchor_need_not_be_a_root_and_its_path_length_counts()
    {
        using TestAuthority anchor = _root.Authority("CN=Anchor", 0);
        using TestAuthority below = anchor.Intermediate("CN=Below");
        Assert.True((await JudgeAsync(anchor, anchor.Leaf())).IsValid);
        Assert.Equal(PathErrorCode.PathTooLong, (await JudgeAsync(anchor, below.Leaf(), below.Certificate)).Finding?.Code);
        Assert.True((await JudgeAsync(_root, anchor.Leaf(), anchor.Certificate)).IsValid);
    }

    [Theory] // §6.3.3 (d), (e), (l): good only when the lists at hand cover every reason; revoked as soon as one says so
    [InlineData(new[] { "key and CA" }, null, RevocationStatus.Unknown)]
    [InlineData(new[] { "key and CA", "all others" }, null, RevocationStatus.Good)]
    [InlineData(new[] { "all others" }, "all others", RevocationStatus.Revoked)]
    [InlineData(new[] { "key and CA", "all others" }, "key and CA", RevocationStatus.Revoked)]
    [InlineData(new[] { "key and CA", "every reason" }, null, RevocationStatus.Good)]
    public async Task Lists_by_reason_cover_a_certificate_together(string[] lists, string? lists_it, object expected)
    {
        CertificateRevocationList[] crls = [.. lists.Select(reasons => _root.Crl(
            reasons == lists_it ? TestAuthority.Entry(_leaf, s_now.AddDays(-3), RevocationReason.KeyCompromise) : null,
            null,
            null,
            reasons == "every reason" ? [] : [(PointOid, true, OnlySomeReasons(reasons))]))];
        PathVerdict verdict = await JudgeAsync(_root, crls);
        Assert.Equal(expected, verdict.Revocation[0].Status);
        if (expected is RevocationStatus.Unknown)
        {
            Assert.Contains(verdict.Revocation[0].Remarks, static remark => remark.Contains("do not cover every reason", StringComparison.Ordinal));
        }
    }

    [Theory] // X.509 §9.5.2.8: after a certificate's end only a list that promises to keep it tells anything
    [InlineData(null, false)]
    [InlineData(-1, true)]
    [InlineData(1, false)]
    public async Task A_list_after_the_end_of_a_certificate_tells_only_if_it_keeps_expired_ones(int? daysFromEnd, bool tells)
    {
        DateTimeOffset late = TestAuthority.To.AddDays(30);
        (string, bool, byte[])[] extensions = daysFromEnd is { } days ? [(ExpiredOid, false, Time(TestAuthority.To.AddDays(days)))] : [];
        CertificateRevocationList empty = _root.Crl(null, late, late.AddDays(7), extensions);
        PathVerdict verdict = await JudgeAsync(_root, [empty], request => request with { EvidenceTime = late });
        Assert.Equal(tells ? RevocationStatus.Good : RevocationStatus.Unknown, verdict.Revocation[0].Status);

        // An entry tells in any case: the certificate was revoked while it was valid.
        CertificateRevocationList listed = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-3)), late, late.AddDays(7), extensions);
        Assert.Equal(RevocationStatus.Revoked, (await JudgeAsync(_root, [listed], request => request with { EvidenceTime = late })).Revocation[0].Status);
    }

    [Fact] // §5.3.1: removeFromCRL belongs into deltas; in a complete list it means what a delta would mean
    public async Task Remove_from_crl_releases_and_leaves_no_trace_in_the_status()
    {
        CertificateRevocationList complete = _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(-3), RevocationReason.CertificateHold), s_now.AddDays(-2));
        CertificateRevocationList delta = _root.Crl(
            TestAuthority.Entry(_leaf, s_now.AddDays(-1), RevocationReason.RemoveFromCrl), s_now.AddHours(-1), null, ("2.5.29.20", false, [2, 1, 6]), ("2.5.29.27", true, [2, 1, 5]));
        Assert.Equal(RevocationStatus.OnHold, (await JudgeAsync(_root, [complete])).Revocation[0].Status);
        CertificateStatus released = (await JudgeAsync(_root, [complete, delta])).Revocation[0];
        Assert.Equal((RevocationStatus.Good, null, 2), (released.Status, released.RevokedAt, released.Crls.Count));
    }

    public void Dispose() => _root.Dispose();

    private static Task<PathVerdict> JudgeAsync(TestAuthority anchor, Certificate target, params Certificate[] intermediates) =>
        new PathValidator(new TrustAnchors([anchor.Certificate])).ValidateAsync(new PathRequest
        {
            Target = target,
            Time = s_now,
            Certificates = intermediates,
            UnknownRevocation = UnknownRevocation.Off,
        }).AsTask();

    private Task<PathVerdict> JudgeAsync(TestAuthority anchor, CertificateRevocationList[] crls, Func<PathRequest, PathRequest>? change = null)
    {
        var request = new PathRequest
        {
            Target = _leaf,
            Time = s_now,
            RevocationSources = [new GivenRevocationSource(crls, [])],
            UnknownRevocation = UnknownRevocation.Accept,
        };
        return new PathValidator(new TrustAnchors([anchor.Certificate])).ValidateAsync(change?.Invoke(request) ?? request).AsTask();
    }

    // IssuingDistributionPoint ::= SEQUENCE { onlySomeReasons [3] ReasonFlags }: bits 1 and 2, or 3 to 8.
    private static byte[] OnlySomeReasons(string reasons) => reasons == "key and CA" ? [0x30, 4, 0x83, 2, 5, 0b0110_0000] : [0x30, 5, 0x83, 3, 7, 0b0001_1111, 0x80];

    private static byte[] Time(DateTimeOffset time)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        return writer.Encode();
    }
}
