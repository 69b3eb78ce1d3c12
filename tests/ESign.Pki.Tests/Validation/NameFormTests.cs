using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>RFC 5280 §4.2.1.10 and RFC 9598 §6: names that stand for many, that cannot be understood, or that are not in ASCII.</summary>
public sealed class NameFormTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root();

    [Theory] // a wildcard stands for hosts with one label more, which a constraint with a period in front means too
    [InlineData(false, "example.com", "*.example.com", true)]
    [InlineData(false, ".example.com", "*.example.com", true)]
    [InlineData(false, "a.example.com", "*.example.com", false)]
    [InlineData(false, ".a.example.com", "*.example.com", false)]
    [InlineData(false, ".example.com", "example.com", false)]
    [InlineData(true, ".example.com", "*.example.com", false)]
    [InlineData(true, "a.example.com", "*.example.com", false)]
    [InlineData(true, ".example.com", "example.com", true)]
    [InlineData(true, "example.org", "*.example.com", true)]
    public Task Wildcards_and_name_constraints(bool excluded, string constraint, string host, bool holds) =>
        AssertHolds(holds, TestExtensions.NameConstraints(excluded, 2, constraint), TestExtensions.Host(host));

    [Theory] // what is no host lies in no permitted and in every excluded subtree; underscores are those of service names
    [InlineData("example.org.")]
    [InlineData(" example.org")]
    [InlineData("a..example.org")]
    [InlineData("f*.example.org")]
    [InlineData("example.org/x")]
    public async Task A_host_that_cannot_be_understood_is_never_outside_an_excluded_subtree(string host)
    {
        await AssertHolds(false, TestExtensions.NameConstraints(true, 2, "example.com"), TestExtensions.Host(host));
        await AssertHolds(true, TestExtensions.NameConstraints(true, 2, "example.com"), TestExtensions.Host("_dmarc.example.org"));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(8, false)]
    public Task An_address_of_odd_length_is_never_outside_an_excluded_subtree(int length, bool holds) => AssertHolds(
        holds,
        TestExtensions.Constraint(excluded: true, writer => writer.WriteOctetString([192, 0, 2, 0, 255, 255, 255, 0], new Asn1Tag(TagClass.ContextSpecific, 7))),
        TestExtensions.Names(writer => writer.WriteOctetString(new byte[length], new Asn1Tag(TagClass.ContextSpecific, 7))));

    [Theory] // RFC 9598 §6: the host in ASCII, whichever way it is written; the local part octet by octet
    [InlineData(false, "example.com", "张三@example.com", true)]
    [InlineData(false, "example.com", "张三@example.org", false)]
    [InlineData(false, "xn--fsqu00a.xn--fiqs8s", "张三@例子.中国", true)]
    [InlineData(false, "xn--fsqu00a.xn--fiqs8s", "张三@xn--fsqu00a.xn--fiqs8s", true)]
    [InlineData(true, "xn--fsqu00a.xn--fiqs8s", "张三@例子.中国", false)]
    [InlineData(true, ".example.com", "张三@a.example.com", false)]
    [InlineData(true, "example.com", "张三@example.org", true)]
    [InlineData(true, "example.com", "张三", false)]
    public Task International_mailboxes_are_held_to_constraints_on_mailboxes(bool excluded, string constraint, string mailbox, bool holds) =>
        AssertHolds(holds, TestExtensions.NameConstraints(excluded, 1, constraint), TestExtensions.Names(writer => WriteInternationalMailbox(writer, mailbox)));

    [Fact]
    public async Task A_mailbox_that_is_no_string_fails_the_path()
    {
        X509Extension names = TestExtensions.Names(writer => WriteOther(writer, "1.3.6.1.5.5.7.8.9", value => value.WriteInteger(1)));
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.NameConstraints(true, 1, "example.com"));
        Assert.Equal(PathErrorCode.MalformedExtension, (await Judge(ca.Leaf("CN=Leaf", names), ca)).Finding?.Code);
    }

    [Theory] // RFC 9525 §6.3: names are compared as A-labels
    [InlineData("例子.中国", true)]
    [InlineData("xn--fsqu00a.xn--fiqs8s", true)]
    [InlineData("XN--FSQU00A.xn--fiqs8s", true)]
    [InlineData("例子.公司", false)]
    public async Task A_peer_may_be_asked_for_in_its_own_script(string peer, bool holds)
    {
        Certificate leaf = _root.Leaf("CN=Leaf", TestExtensions.Host("xn--fsqu00a.xn--fiqs8s"));
        PathVerdict verdict = await new PathValidator(new TrustAnchors([_root.Certificate])).ValidateAsync(
            new PathRequest { Target = leaf, Time = TestAuthority.Now, UnknownRevocation = UnknownRevocation.Off, PeerName = peer },
            TestContext.Current.CancellationToken);
        Assert.Equal(holds ? null : PathErrorCode.PeerName, verdict.Finding?.Code);
    }

    [Theory] // §4.2.1.4: critical policies are understood with their qualifiers, or the certificate is rejected
    [InlineData("1.3.6.1.5.5.7.2.1", true, true)]
    [InlineData("1.2.3.4", true, false)]
    [InlineData("1.2.3.4", false, true)]
    public async Task A_policy_qualifier_has_to_be_understood_where_policies_are_critical(string qualifier, bool critical, bool holds)
    {
        Certificate leaf = _root.Leaf("CN=Leaf", QualifiedPolicy(qualifier, critical));
        Assert.Equal(holds ? null : PathErrorCode.UnknownCriticalExtension, (await Judge(leaf)).Finding?.Code);
    }

    public void Dispose() => _root.Dispose();

    private async Task AssertHolds(bool holds, X509Extension constraint, X509Extension names)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", constraint);
        Assert.Equal(holds ? null : PathErrorCode.NameConstraints, (await Judge(ca.Leaf("CN=Leaf", names), ca)).Finding?.Code);
    }

    private Task<PathVerdict> Judge(Certificate target, params TestAuthority[] intermediates) =>
        new PathValidator(new TrustAnchors([_root.Certificate])).ValidateAsync(new PathRequest
        {
            Target = target,
            Time = TestAuthority.Now,
            Certificates = [.. intermediates.Select(static authority => authority.Certificate)],
            UnknownRevocation = UnknownRevocation.Off,
        }).AsTask();

    private static void WriteInternationalMailbox(AsnWriter writer, string mailbox) =>
        WriteOther(writer, "1.3.6.1.5.5.7.8.9", value => value.WriteCharacterString(UniversalTagNumber.UTF8String, mailbox));

    private static void WriteOther(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteObjectIdentifier(oid);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                value(writer);
            }
        }
    }

    private static X509Extension QualifiedPolicy(string qualifier, bool critical) => TestExtensions.Make("2.5.29.32", critical, writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.156.10197.9");
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(qualifier);
                writer.WriteCharacterString(UniversalTagNumber.IA5String, "https://ca.example/cps");
            }
        }
    });
}
