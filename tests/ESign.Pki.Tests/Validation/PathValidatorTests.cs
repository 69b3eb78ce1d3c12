using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>RFC 5280 §6.1, a rule a row: each case breaks one rule of a path that otherwise holds.</summary>
public sealed class PathValidatorTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root();

    [Fact]
    public async Task A_path_that_keeps_every_rule_is_valid_and_the_witnesses_agree()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        Certificate leaf = ca.Leaf();

        PathVerdict verdict = await Judge(_root, leaf, [ca]);

        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
        Assert.Equal([leaf, ca.Certificate, _root.Certificate], verdict.Path);
        Assert.Equal(Indication.Passed, verdict.Indication);
        Assert.True(Witnesses.X509Chain(leaf, [ca.Certificate], _root.Certificate));
        Assert.True(Witnesses.OpenSsl(leaf, [ca.Certificate], _root.Certificate));
    }

    [Fact]
    public async Task Without_the_intermediate_there_is_no_path()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");

        await Refuses(PathErrorCode.NoPath, ca.Leaf(), [], SubIndication.NoCertificateChainFound);
    }

    [Fact] // §6.1.3 (a)(1)
    public async Task A_wrong_signature_fails()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        byte[] damaged = ca.Leaf().RawData.ToArray();
        damaged[^1] ^= 1;

        await Refuses(PathErrorCode.BadSignature, Certificate.Decode(damaged), [ca], SubIndication.NoCertificateChainFound);
    }

    [Theory] // §6.1.3 (a)(2), §4.1.2.5: both ends inclusive
    [InlineData(-1, PathErrorCode.NotYetValid)]
    [InlineData(0, null)]
    public async Task Validity_begins_with_its_first_second(int seconds, object? expected) =>
        Assert.Equal(expected, (await Judge(_root, _root.Leaf(), [], request => request with { Time = TestAuthority.From.AddSeconds(seconds) })).Finding?.Code);

    [Theory]
    [InlineData(0.999, null)]
    [InlineData(1, PathErrorCode.Expired)]
    public async Task Validity_ends_with_its_last_second(double seconds, object? expected) =>
        Assert.Equal(expected, (await Judge(_root, _root.Leaf(), [], request => request with { Time = TestAuthority.To.AddSeconds(seconds) })).Finding?.Code);

    [Fact] // §6.1.4 (k)
    public async Task An_issuer_must_be_an_authority()
    {
        using TestAuthority ca = _root.Without("CN=CA", X509KeyUsageFlags.DigitalSignature, isAuthority: false);

        await Refuses(PathErrorCode.NotAnAuthority, ca.Leaf(), [ca]);
    }

    [Fact] // §6.1.4 (l), (m)
    public async Task The_path_length_constraint_holds()
    {
        using TestAuthority first = _root.Authority("CN=First", 0);
        using TestAuthority second = first.Intermediate("CN=Second");

        Assert.True((await Judge(_root, first.Leaf(), [first])).IsValid);
        await Refuses(PathErrorCode.PathTooLong, second.Leaf(), [first, second]);
    }

    [Fact] // §6.1.4 (n)
    public async Task An_issuer_must_be_allowed_to_sign_certificates()
    {
        using TestAuthority ca = _root.Without("CN=CA", X509KeyUsageFlags.CrlSign);

        await Refuses(PathErrorCode.KeyUsage, ca.Leaf(), [ca], SubIndication.ChainConstraintsFailure);
    }

    [Fact] // §6.1.4 (o), §6.1.5 (f)
    public async Task An_unknown_critical_extension_fails()
    {
        var unknown = new X509Extension("1.3.6.1.4.1.55738.666.1", [5, 0], critical: true);
        using TestAuthority ca = _root.Intermediate("CN=CA", unknown);

        await Refuses(PathErrorCode.UnknownCriticalExtension, ca.Leaf(), [ca]);
        await Refuses(PathErrorCode.UnknownCriticalExtension, _root.Leaf("CN=Leaf", unknown), []);
    }

    [Fact] // a malformed known extension fails the path, not the loading
    public async Task A_malformed_extension_fails() =>
        await Refuses(PathErrorCode.MalformedExtension, _root.Leaf("CN=Leaf", new X509Extension("2.5.29.17", "no DER"u8.ToArray(), critical: false)), []);

    [Fact] // §4.2.1.12
    public async Task The_purpose_must_be_allowed_all_the_way_down()
    {
        var timeStamping = new X509EnhancedKeyUsageExtension([new(KeyPurpose.TimeStamping)], critical: true);
        using TestAuthority limited = _root.Intermediate("CN=CA", new X509EnhancedKeyUsageExtension([new(KeyPurpose.ClientAuth)], critical: false));
        static PathRequest ForTimestamps(PathRequest request) => request with { Purpose = KeyPurpose.TimeStamping };

        Assert.True((await Judge(_root, _root.Leaf("CN=TSA", timeStamping), [], ForTimestamps)).IsValid);
        Assert.Equal(PathErrorCode.Purpose, (await Judge(_root, limited.Leaf("CN=TSA", timeStamping), [limited], ForTimestamps)).Finding?.Code);
        Assert.Equal(PathErrorCode.MalformedExtension, (await Judge(_root, _root.Leaf("CN=TSA", new X509Extension("2.5.29.37", [0x30, 0], false)), [])).Finding?.Code);
    }

    [Theory] // §4.2.1.10
    [InlineData(false, "example.com", "example.com", true)]
    [InlineData(false, "example.com", "a.example.com", true)]
    [InlineData(false, "example.com", "badexample.com", false)]
    [InlineData(false, "example.com", "*.example.com", true)]
    [InlineData(false, "foo.example.com", "*.example.com", false)]
    [InlineData(true, "example.com", "a.example.com", false)]
    [InlineData(true, "bar.example.com", "*.example.com", false)]
    [InlineData(true, "a.bar.example.com", "*.example.com", true)]
    [InlineData(true, "example.com", "example.org", true)]
    public async Task Name_constraints_on_hosts(bool excluded, string constraint, string host, bool holds)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.NameConstraints(excluded, 2, constraint));

        Assert.Equal(holds ? null : PathErrorCode.NameConstraints, (await Judge(_root, ca.Leaf("CN=Leaf", TestExtensions.Host(host)), [ca])).Finding?.Code);
    }

    [Theory] // §4.2.1.10: "If … an instance of that name form appears …, then the application MUST either process the constraint or reject the certificate."
    [InlineData("\"\"", null)]
    [InlineData("\"\"", "example.com")]
    public async Task A_malformed_constraint_counts_where_its_form_of_name_appears(string constraint, string? host)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.NameConstraints(excluded: true, 2, constraint));
        X509Extension[] names = host is null ? [] : [TestExtensions.Host(host)];

        Assert.Equal(host is null ? null : PathErrorCode.MalformedExtension, (await Judge(_root, ca.Leaf("CN=Leaf", names), [ca])).Finding?.Code);
    }

    [Theory]
    [InlineData("example.com", "a@example.com", true)]
    [InlineData("example.com", "a@sub.example.com", false)]
    [InlineData(".example.com", "a@sub.example.com", true)]
    [InlineData(".example.com", "a@example.com", false)]
    [InlineData("a@example.com", "a@EXAMPLE.com", true)]
    [InlineData("a@example.com", "A@example.com", false)]
    public async Task Name_constraints_on_mailboxes(string constraint, string mailbox, bool holds)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.NameConstraints(false, 1, constraint));

        Assert.Equal(holds ? null : PathErrorCode.NameConstraints, (await Judge(_root, ca.Leaf("CN=Leaf", TestExtensions.Mailbox(mailbox)), [ca])).Finding?.Code);
    }

    [Fact] // §6.1.2 ff., RFC 9618
    public async Task Policies_are_mapped_and_constrained()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.Policies("1.2.3.1"), TestExtensions.Mapping("1.2.3.1", "1.2.3.2"));
        Certificate leaf = ca.Leaf("CN=Leaf", TestExtensions.Policies("1.2.3.2"));

        PathVerdict verdict = await Judge(_root, leaf, [ca], request => request with { Policies = ["1.2.3.1"], RequireExplicitPolicy = true });
        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
        Assert.Equal(["1.2.3.1"], verdict.UserConstrainedPolicies);
        Assert.Equal(PathErrorCode.Policy, (await Judge(_root, leaf, [ca], request => request with { Policies = ["1.2.3.9"], RequireExplicitPolicy = true })).Finding?.Code);
        Assert.Equal(PathErrorCode.Policy, (await Judge(_root, leaf, [ca], request => request with { InhibitPolicyMapping = true, RequireExplicitPolicy = true })).Finding?.Code);
        Assert.True((await Judge(_root, leaf, [ca], request => request with { Policies = ["1.2.3.9"] })).IsValid);
    }

    [Fact] // RFC 9618 §1: 2^depth nodes in a tree, a few per level in a graph
    public async Task Mapping_two_policies_to_two_at_every_level_stays_cheap()
    {
        X509Extension[] crossed = [TestExtensions.Policies("1.2.3.1", "1.2.3.2"), TestExtensions.Mapping("1.2.3.1", "1.2.3.1", "1.2.3.1", "1.2.3.2", "1.2.3.2", "1.2.3.1", "1.2.3.2", "1.2.3.2")];
        var authorities = new List<TestAuthority>();
        for (int i = 0; i < 16; i++)
        {
            authorities.Add((i == 0 ? _root : authorities[^1]).Intermediate($"CN=CA {i}", crossed));
        }

        PathVerdict verdict = await Judge(_root, authorities[^1].Leaf("CN=Leaf", TestExtensions.Policies("1.2.3.1")), [.. authorities], request => request with { RequireExplicitPolicy = true });
        authorities.ForEach(authority => authority.Dispose());
        Assert.True(verdict.IsValid, verdict.Finding?.ToString());
    }

    [Theory] // RFC 9525 §6.3
    [InlineData("*.example.com", "a.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData("*.example.com", "a.b.example.com", false)]
    [InlineData("*.com", "example.com", false)]
    [InlineData("a*.example.com", "ab.example.com", false)]
    [InlineData("EXAMPLE.com", "example.COM.", true)]
    public async Task The_peer_must_be_named(string presented, string peer, bool holds) =>
        Assert.Equal(holds ? null : PathErrorCode.PeerName, (await Judge(_root, _root.Leaf("CN=" + peer, TestExtensions.Host(presented)), [], request => request with { PeerName = peer })).Finding?.Code);

    [Fact] // ETSI EN 319 102-1 §5.2.8
    public void Algorithms_are_judged_at_the_time_in_question()
    {
        var sha1 = new Pki.Asn1.AlgorithmIdentifier("1.2.840.10045.4.1");
        Assert.Null(AlgorithmPolicy.Default.Refuse(sha1, _root.Certificate, new DateTimeOffset(2016, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal("SHA-1", AlgorithmPolicy.Default.Refuse(sha1, _root.Certificate, new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Null(AlgorithmPolicy.JudgeThePast.Refuse(sha1, _root.Certificate, new DateTimeOffset(2018, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Theory] // ETSI TS 119 312: elliptic curves of 256 bits and more
    [InlineData("nistP256", null)]
    [InlineData("brainpoolP224r1", "ECDSA brainpoolP224r1")]
    public void Short_curves_are_believed_at_no_time(string curve, string? refused)
    {
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        Certificate leaf = _root.Leaf("CN=Leaf", key.ExportSubjectPublicKeyInfo());
        var algorithm = new Pki.Asn1.AlgorithmIdentifier("1.2.840.10045.4.3.2");
        Assert.Equal(refused, AlgorithmPolicy.Default.Refuse(algorithm, leaf, TestAuthority.From));
        Assert.Null(AlgorithmPolicy.JudgeThePast.Refuse(algorithm, leaf, TestAuthority.From));
    }

    [Fact]
    public async Task The_strict_profile_refuses_what_issuers_must_not_write()
    {
        Certificate leaf = _root.Leaf("CN=Leaf", TestExtensions.Host("foo_bar.example.com"));
        var strict = new PathPolicy { Strictness = ProfileStrictness.FullProfile };

        Assert.True((await Judge(_root, leaf, [])).IsValid);
        PathVerdict verdict = await new PathValidator(new TrustAnchors([_root.Certificate]), strict).ValidateAsync(new PathRequest { Target = leaf, Time = TestAuthority.Now, UnknownRevocation = UnknownRevocation.Off });
        Assert.Equal(PathErrorCode.Profile, verdict.Finding?.Code);
        Assert.Equal("RFC 5280 §4.2.1.6", verdict.Finding?.Citation);
    }

    public void Dispose() => _root.Dispose();

    private static async Task<PathVerdict> Judge(TestAuthority anchor, Certificate target, TestAuthority[] intermediates, Func<PathRequest, PathRequest>? change = null)
    {
        var request = new PathRequest
        {
            Target = target,
            Time = TestAuthority.Now,
            Certificates = [.. intermediates.Select(authority => authority.Certificate)],
            UnknownRevocation = UnknownRevocation.Off,
        };
        return await new PathValidator(new TrustAnchors([anchor.Certificate])).ValidateAsync(change?.Invoke(request) ?? request);
    }

    private async Task Refuses(PathErrorCode code, Certificate target, TestAuthority[] intermediates, SubIndication sub = SubIndication.CertificateChainGeneralFailure)
    {
        PathVerdict verdict = await Judge(_root, target, intermediates);
        Assert.Equal(code, verdict.Finding?.Code);
        Assert.Equal(Indication.Indeterminate, verdict.Indication);
        Assert.Equal(sub, verdict.SubIndication);
        Assert.False(Witnesses.OpenSsl(target, intermediates.Select(authority => authority.Certificate), _root.Certificate));
    }
}
