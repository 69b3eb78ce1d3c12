using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>Classes of the public suites beyond the cases at hand, generated: each name form of name constraints, odd serial numbers, odd lists.</summary>
public sealed class NeighbouringCaseTests : IDisposable
{
    private static readonly DateTimeOffset s_now = TestAuthority.Now;
    private static readonly PathPolicy s_strict = new() { Strictness = ProfileStrictness.FullProfile };

    private readonly TestAuthority _root = TestAuthority.Root();
    private readonly Certificate _leaf;

    public NeighbouringCaseTests() => _leaf = _root.Leaf();

    [Theory] // §4.2.1.10: an address and a mask, of either family; one family says nothing of the other
    [InlineData(false, "192.0.2.0/24", "192.0.2.77", true)]
    [InlineData(false, "192.0.2.0/24", "192.0.3.1", false)]
    [InlineData(false, "::1/128", "::1", true)]
    [InlineData(false, "2001:db8::/32", "2001:db9::1", false)]
    [InlineData(false, "192.0.2.0/24", "2001:db8::1", false)]
    [InlineData(true, "192.0.2.0/24", "2001:db8::1", true)]
    [InlineData(true, "::1/128", "::1", false)]
    [InlineData(true, "0.0.0.0/0", "192.0.2.1", false)]
    public async Task Name_constraints_on_addresses(bool excluded, string network, string address, bool holds)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.Constraint(excluded, writer => writer.WriteOctetString(Network(network), new Asn1Tag(TagClass.ContextSpecific, 7))));
        Certificate leaf = ca.Leaf("CN=Leaf", TestExtensions.Names(writer => writer.WriteOctetString(IPAddress.Parse(address).GetAddressBytes(), new Asn1Tag(TagClass.ContextSpecific, 7))));
        Assert.Equal(holds ? null : PathErrorCode.NameConstraints, (await Judge(leaf, [ca])).Finding?.Code);
    }

    [Theory] // §4.2.1.10: a constraint that is an address without a mask, a host with a wildcard, a mailbox with two signs, is malformed
    [InlineData(7, "7F000001")]
    [InlineData(7, "00000000000000000000000000000001")]
    [InlineData(2, "2A2E6578616D706C652E636F6D")]
    [InlineData(1, "61406240632E6F7267")]
    public async Task Malformed_constraints_fail_the_path(int form, string hex)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.Constraint(false, writer => writer.WriteOctetString(Convert.FromHexString(hex), new Asn1Tag(TagClass.ContextSpecific, form))));
        Certificate leaf = ca.Leaf("CN=Leaf", form switch
        {
            1 => TestExtensions.Mailbox("a@c.org"),
            2 => TestExtensions.Host("foo.example.com"),
            _ => TestExtensions.Names(writer => writer.WriteOctetString([127, 0, 0, 1], new Asn1Tag(TagClass.ContextSpecific, 7))),
        });
        Assert.False((await Judge(leaf, [ca])).IsValid);
    }

    [Theory] // §4.2.1.10: the subject counts as well as the directory names
    [InlineData("CN=foo", "CN=foo", true)]
    [InlineData("CN=not-foo", "CN=foo", false)]
    [InlineData("CN=foo", "CN=not-foo", false)]
    public async Task Name_constraints_on_directory_names(string subject, string alternative, bool holds)
    {
        byte[] permitted = new X500DistinguishedName("CN=foo").RawData;
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.Constraint(false, writer => WriteDirectory(writer, permitted)));
        Certificate leaf = ca.Leaf(subject, TestExtensions.Names(writer => WriteDirectory(writer, new X500DistinguishedName(alternative).RawData)));
        Assert.Equal(holds ? null : PathErrorCode.NameConstraints, (await Judge(leaf, [ca])).Finding?.Code);
    }

    [Theory] // §4.2.1.10: URI constraints concern the host; one that names an address, or no host, is refused
    [InlineData("example.com", "https://example.com/a", true)]
    [InlineData("example.com", "https://sub.example.com/a", false)]
    [InlineData(".example.com", "https://sub.example.com/a", true)]
    [InlineData(".example.com", "https://user@sub.example.com:8443/a", true)]
    [InlineData(".example.com", "https://sub.example.com./a", true)]
    [InlineData(".example.com", "https://192.0.2.1/a", false)]
    [InlineData(".example.com", "urn:a:b", false)]
    public async Task Name_constraints_on_uris(string constraint, string uri, bool holds)
    {
        using TestAuthority ca = _root.Intermediate("CN=CA", TestExtensions.NameConstraints(false, 6, constraint));
        Certificate leaf = ca.Leaf("CN=Leaf", TestExtensions.Names(writer => writer.WriteCharacterString(UniversalTagNumber.IA5String, uri, new Asn1Tag(TagClass.ContextSpecific, 6))));
        Assert.Equal(holds ? null : PathErrorCode.NameConstraints, (await Judge(leaf, [ca])).Finding?.Code);
    }

    [Fact] // §6.1.3 (b): self-issued authorities are spared, a self-issued target is not
    public async Task A_self_issued_target_is_held_to_the_constraints()
    {
        using TestAuthority constrained = _root.Intermediate("CN=not.example", TestExtensions.NameConstraints(false, 2, "example.com"));
        using TestAuthority renewed = constrained.Intermediate("CN=not.example", TestExtensions.Host("other.test"));
        Assert.True((await Judge(renewed.Leaf("CN=Leaf", TestExtensions.Host("a.example.com")), [constrained, renewed])).IsValid);
        Assert.Equal(PathErrorCode.NameConstraints, (await Judge(constrained.Leaf("CN=not.example", TestExtensions.Host("other.test")), [constrained])).Finding?.Code);
    }

    [Fact] // §6.1.4 (g): each authority narrows, none widens
    public async Task Permitted_names_only_get_fewer()
    {
        using TestAuthority first = _root.Intermediate("CN=First", TestExtensions.NameConstraints(false, 2, "bar.example.com"));
        using TestAuthority second = first.Intermediate("CN=Second", TestExtensions.NameConstraints(false, 2, "example.com"));
        Assert.Equal(PathErrorCode.NameConstraints, (await Judge(second.Leaf("CN=Leaf", TestExtensions.Host("foo.example.com")), [first, second])).Finding?.Code);
        Assert.True((await Judge(second.Leaf("CN=Leaf", TestExtensions.Host("a.bar.example.com")), [first, second])).IsValid);
    }

    [Fact] // §4.1.2.2: MUST be positive; users handle others gracefully, which means where they look certificates up by them
    public async Task A_negative_serial_number_passes_where_the_issuer_answers_for_it()
    {
        Certificate negative = WithNegativeSerial(_leaf);
        Assert.True((await Judge(negative, [])).IsValid);
        PathVerdict strict = await Judge(negative, [], s_strict);
        Assert.Equal((PathErrorCode.Profile, "RFC 5280 §4.1.2.2"), (strict.Finding!.Code, strict.Finding.Citation));
        Assert.True((await Judge(negative, [], s_strict, _root.Crl())).IsValid);
        Assert.Equal(PathErrorCode.Revoked, (await Judge(negative, [], s_strict, _root.Crl(TestAuthority.Entry(negative, s_now.AddDays(-2))))).Finding?.Code);
    }

    [Theory] // §4.1.2.5.2: GeneralizedTime to the second; whose years begin in 2050 is for issuers alone (PKITS 4.2.4)
    [InlineData("20240101000000Z", "20340101000000Z", true)]
    [InlineData("20240101000000Z", "20510101000000Z", true)]
    [InlineData("20240101000000.5Z", "20340101000000Z", false)]
    [InlineData("20240101000000Z", "20340101000000.25Z", false)]
    public async Task A_validity_with_fractions_of_a_second_breaks_the_profile(string from, string to, bool holds)
    {
        Certificate certificate = WithValidity(_leaf, from, to);
        Assert.True((await Judge(certificate, [])).IsValid);
        Assert.Equal(holds ? null : "RFC 5280 §4.1.2.5", (await Judge(certificate, [], s_strict)).Finding?.Citation);
    }

    [Fact] // §4.2.1.3: "Conforming CAs MUST include this extension in certificates that contain public keys that are used to validate … signatures"
    public async Task An_authority_without_key_usage_breaks_the_profile()
    {
        Certificate authority = _root.Leaf("CN=CA", new X509BasicConstraintsExtension(true, false, 0, true));
        Assert.True((await Judge(authority, [])).IsValid);
        PathVerdict strict = await Judge(authority, [], s_strict);
        Assert.Equal((PathErrorCode.Profile, "RFC 5280 §4.2.1.3"), (strict.Finding!.Code, strict.Finding.Citation));
    }

    [Theory] // appendix A.2: "authorityCertIssuer and authorityCertSerialNumber MUST both be present or both be absent"
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task An_authority_key_identifier_with_half_a_name_breaks_the_profile(bool withIssuer, bool withSerial, bool holds)
    {
        Certificate certificate = _root.LeafIdentifying(TestExtensions.Make("2.5.29.35", critical: false, writer =>
        {
            using (writer.PushSequence())
            {
                writer.WriteOctetString(_root.Certificate.SubjectKeyIdentifier!.Value.Span, new Asn1Tag(TagClass.ContextSpecific, 0));
                if (withIssuer)
                {
                    using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                    {
                        WriteDirectory(writer, _root.Certificate.Issuer.RawData.ToArray());
                    }
                }

                if (withSerial)
                {
                    writer.WriteInteger(_root.Certificate.SerialNumber.Span, new Asn1Tag(TagClass.ContextSpecific, 2));
                }
            }
        }));
        Assert.True((await Judge(certificate, [])).IsValid);
        Assert.Equal(holds ? null : "RFC 5280 §4.2.1.1", (await Judge(certificate, [], s_strict)).Finding?.Citation);
    }

    [Fact] // RFC 5480 §2.1.1
    public async Task A_curve_given_by_its_parameters_breaks_the_profile()
    {
        using ECDsa named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa spelledOut = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: true));
        Certificate leaf = _root.Leaf("CN=Leaf", spelledOut.ExportSubjectPublicKeyInfo());
        Assert.True((await Judge(leaf, [])).IsValid);
        PathVerdict strict = await Judge(leaf, [], s_strict);
        Assert.Equal((PathErrorCode.Profile, "RFC 5480 §2.1.1"), (strict.Finding!.Code, strict.Finding.Citation));
    }

    [Theory] // §4.2.1.5: §6.1.4 (a) sees only what an issuer maps; a target that maps breaks the profile
    [InlineData("1.2.3", "2.5.29.32.0", "RFC 5280 §4.2.1.5")]
    [InlineData("2.5.29.32.0", "1.2.3", "RFC 5280 §4.2.1.5")]
    [InlineData("1.2.3", "1.2.4", null)]
    public async Task A_target_that_maps_to_or_from_any_policy_breaks_the_profile(string from, string to, string? citation)
    {
        using TestAuthority target = _root.Intermediate("CN=CA", TestExtensions.Policies("1.2.3"), TestExtensions.Mapping(from, to));
        Assert.Equal(citation, (await Judge(target.Certificate, [], s_strict)).Finding?.Citation);
        Assert.True((await Judge(target.Certificate, [])).IsValid);
    }

    [Fact] // §5.1.2.4: a list is issued at thisUpdate and says what is revoked then
    public async Task A_revocation_dated_after_its_own_list_counts_from_the_list()
    {
        PathVerdict verdict = await Judge(_leaf, [], new PathPolicy(), _root.Crl(TestAuthority.Entry(_leaf, s_now.AddDays(1))));
        Assert.Equal(PathErrorCode.Revoked, verdict.Finding?.Code);
        Assert.Equal(s_now.AddDays(-1), verdict.Revocation[0].RevokedAt);
    }

    [Fact] // §5.1.2.6
    public async Task A_list_with_a_certificate_twice_is_not_used_under_the_strict_profile()
    {
        Certificate other = _root.Leaf();
        CertificateRevocationList crl = _root.Crl(writer =>
        {
            TestAuthority.Entry(other, s_now.AddDays(-2))(writer);
            TestAuthority.Entry(other, s_now.AddDays(-2))(writer);
        });
        Assert.True((await Judge(_leaf, [], new PathPolicy(), crl)).IsValid);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge(_leaf, [], s_strict, crl)).Finding?.Code);
    }

    [Fact] // §5.2.5, §4.2.1.13
    public async Task Indirect_lists_can_be_left_out()
    {
        var direct = new PathPolicy { UsesIndirectCrls = false };
        CertificateRevocationList indirect = _root.Crl(null, null, null, ("2.5.29.28", true, TestExtensions.IssuingPoint(null, indirect: true)));
        Assert.True((await Judge(_leaf, [], new PathPolicy(), indirect)).IsValid);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge(_leaf, [], direct, indirect)).Finding?.Code);

        Certificate elsewhere = _root.Leaf("CN=Leaf", TestExtensions.CrlPoint(null, new X500DistinguishedName("CN=Another signer").RawData));
        Assert.True((await Judge(elsewhere, [], new PathPolicy(), _root.Crl())).IsValid);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge(elsewhere, [], direct, _root.Crl())).Finding?.Code);
        Assert.True((await Judge(_leaf, [], direct, _root.Crl())).IsValid);
    }

    public void Dispose() => _root.Dispose();

    private Task<PathVerdict> Judge(Certificate target, TestAuthority[] intermediates, PathPolicy? policy = null, CertificateRevocationList? crl = null) =>
        new PathValidator(new TrustAnchors([_root.Certificate]), policy).ValidateAsync(new PathRequest
        {
            Target = target,
            Time = s_now,
            Certificates = [.. intermediates.Select(authority => authority.Certificate)],
            RevocationSources = crl is null ? [] : [new GivenRevocationSource([crl], [])],
            UnknownRevocation = crl is null ? UnknownRevocation.Off : UnknownRevocation.Reject,
        }).AsTask();

    private Certificate WithNegativeSerial(Certificate certificate)
    {
        byte[] tbs = certificate.TbsCertificate.ToArray();
        int serial = tbs.AsSpan().IndexOf<byte>([2, 2, .. certificate.SerialNumber.Span]);
        tbs[serial + 2] |= 0x80;
        return Sign(tbs);
    }

    private Certificate WithValidity(Certificate certificate, string from, string to)
    {
        var fields = new AsnReader(certificate.TbsCertificate, AsnEncodingRules.DER).ReadSequence();
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            for (int field = 0; fields.HasData; field++)
            {
                ReadOnlyMemory<byte> value = fields.ReadEncodedValue();
                writer.WriteEncodedValue(field == 4 ? [0x30, (byte)(4 + from.Length + to.Length), .. Time(from), .. Time(to)] : value.Span);
            }
        }

        return Sign(writer.Encode());

        static byte[] Time(string text) => [0x18, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];
    }

    private Certificate Sign(byte[] tbs)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.4.3.2");
            }

            writer.WriteBitString(_root.SignBytes(tbs));
        }

        return Certificate.Decode(writer.Encode());
    }

    private static byte[] Network(string text)
    {
        IPNetwork network = IPNetwork.Parse(text);
        byte[] address = network.BaseAddress.GetAddressBytes();
        byte[] mask = new byte[address.Length];
        for (int bit = 0; bit < network.PrefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return [.. address, .. mask];
    }

    private static void WriteDirectory(AsnWriter writer, byte[] name)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 4)))
        {
            writer.WriteEncodedValue(name);
        }
    }
}
