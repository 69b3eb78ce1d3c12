using System.Formats.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Issuance.CrlLints;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;

namespace ESign.Pki.Tests.Issuance;

/// <summary>Each rule a list is held to before it is signed, by a list that breaks it; the lists we publish break none.</summary>
public sealed class CrlLinterTests
{
    private static readonly DateTimeOffset s_now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Asn1Tag s_context0 = new(TagClass.ContextSpecific, 0);

    [Fact]
    public async Task Published_lists_break_no_rule()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(publication: new PublicationPoints { CrlUris = ["http://pki.example/{partition}.crl"], CrlPartitions = 2, DeltaCrlUri = "http://pki.example/delta.crl" });
        for (int i = 0; i < 3; i++)
        {
            string serial = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
            await pki.Issuing.RevokeAsync(serial, i == 0 ? RevocationReason.CertificateHold : RevocationReason.KeyCompromise, i == 1 ? pki.Clock.Now.AddDays(-1) : null);
        }

        var publisher = new CrlPublisher(pki.Issuing);
        PublishedCrl complete = await publisher.PublishAsync();
        await publisher.PublishPartitionAsync(1);
        await publisher.PublishDeltaAsync(complete);
        Assert.Equal(CrlLinter.All.Count, CrlLinter.All.Select(lint => lint.Rule).Distinct(StringComparer.Ordinal).Count());
    }

    public static TheoryData<string, string> Faults() => new()
    {
        { "crl-syntax", "syntax" },
        { "crl-version", "version 1" },
        { "crl-signature-algorithm", "sha1" },
        { "crl-issuer", "another issuer" },
        { "crl-update-times", "no next update" },
        { "crl-update-times", "next before this" },
        { "crl-update-times", "future" },
        { "crl-update-times", "generalized time" },
        { "crl-entries", "empty list" },
        { "crl-entries", "twice" },
        { "crl-entries", "negative serial" },
        { "crl-entries", "long serial" },
        { "crl-entries", "revoked tomorrow" },
        { "crl-entry-extensions", "unspecified" },
        { "crl-entry-extensions", "removed in complete" },
        { "crl-entry-extensions", "critical entry extension" },
        { "crl-entry-extensions", "invalid tomorrow" },
        { "crl-extensions", "extension twice" },
        { "crl-extensions", "critical number" },
        { "crl-authority-key-identifier", "no key identifier" },
        { "crl-authority-key-identifier", "another key" },
        { "crl-number", "no number" },
        { "crl-number", "another number" },
        { "crl-number", "not higher" },
        { "crl-delta", "delta unmeant" },
        { "crl-delta", "delta without base" },
        { "crl-delta", "base not older" },
        { "crl-issuing-distribution-point", "partition unmarked" },
        { "crl-issuing-distribution-point", "partition unmeant" },
        { "crl-issuing-distribution-point", "another partition" },
        { "crl-freshest", "freshest in delta" },
        { "crl-expired-certificates", "no promise" },
        { "crl-expired-certificates", "late promise" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_found_by_its_rule(string rule, string fault)
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(now: s_now);
        (byte[] list, CrlIntent intent) = Make(pki.Issuing, fault);
        IReadOnlyList<string> findings = CrlLinter.Evaluate(list, intent);
        Assert.Contains(findings, finding => finding.StartsWith(rule + ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_fault_the_same_list_passes()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(now: s_now);
        (byte[] list, CrlIntent intent) = Make(pki.Issuing, "none");
        Assert.Empty(CrlLinter.Evaluate(list, intent));
    }

    private static (byte[] List, CrlIntent Intent) Make(CertificateAuthority authority, string fault)
    {
        var intent = new CrlIntent(
            authority.Certificate, s_now, Number: 7, Previous: fault == "not higher" ? 7 : 6,
            BaseNumber: fault is "delta without base" or "freshest in delta" ? 5 : fault == "base not older" ? 7 : null,
            PartitionUris: fault is "partition unmarked" or "another partition" ? ["http://pki.example/1.crl"] : null);
        if (fault == "syntax")
        {
            return ([0x30, 0x03, 0x02, 0x01], intent);
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (fault != "version 1")
            {
                writer.WriteInteger(1);
            }

            new Pki.Asn1.AlgorithmIdentifier(fault == "sha1" ? "1.2.840.10045.4.1" : SignatureAlgorithm.EcdsaP256Sha256.Oid).Write(writer);
            writer.WriteEncodedValue((fault == "another issuer" ? authority.Issuers[0].Subject : authority.Certificate.Subject).RawData.Span);
            WriteTime(writer, fault == "future" ? s_now.AddDays(1) : s_now, fault == "generalized time");
            if (fault != "no next update")
            {
                WriteTime(writer, fault == "next before this" ? s_now.AddDays(-1) : s_now.AddDays(7), generalized: false);
            }

            WriteEntries(writer, fault);
            using (writer.PushSequence(s_context0))
            using (writer.PushSequence())
            {
                WriteExtensions(writer, authority, fault);
            }
        }

        return (writer.Encode(), intent);
    }

    private static void WriteEntries(AsnWriter writer, string fault)
    {
        using (writer.PushSequence())
        {
            if (fault == "empty list")
            {
                return;
            }

            byte[] serial = fault switch { "negative serial" => [0x80, 1], "long serial" => [1, .. new byte[20]], _ => [1, 2, 3] };
            for (int i = 0; i < (fault == "twice" ? 2 : 1); i++)
            {
                using (writer.PushSequence())
                {
                    writer.WriteInteger(serial);
                    WriteTime(writer, fault == "revoked tomorrow" ? s_now.AddDays(1) : s_now.AddDays(-1), generalized: false);
                    WriteEntryExtension(writer, fault);
                }
            }
        }
    }

    private static void WriteEntryExtension(AsnWriter writer, string fault)
    {
        (string Oid, byte[] Value)? extension = fault switch
        {
            "unspecified" => (ExtensionOid.ReasonCode, [10, 1, 0]),
            "removed in complete" => (ExtensionOid.ReasonCode, [10, 1, 8]),
            "critical entry extension" => ("1.2.3.4", [5, 0]),
            "invalid tomorrow" => (ExtensionOid.InvalidityDate, Encode(inner => inner.WriteGeneralizedTime(s_now.AddDays(1), omitFractionalSeconds: true))),
            _ => null,
        };
        if (extension is { } one)
        {
            using (writer.PushSequence())
            {
                Write(writer, one.Oid, fault == "critical entry extension", one.Value);
            }
        }
    }

    private static void WriteExtensions(AsnWriter writer, CertificateAuthority authority, string fault)
    {
        if (fault != "no key identifier")
        {
            byte[] key = fault == "another key" ? new byte[20] : authority.KeyIdentifier.ToArray();
            Write(writer, ExtensionOid.AuthorityKeyIdentifier, false, [0x30, (byte)(key.Length + 2), 0x80, (byte)key.Length, .. key]);
        }

        for (int i = 0; i < (fault == "no number" ? 0 : fault == "extension twice" ? 2 : 1); i++)
        {
            Write(writer, ExtensionOid.CrlNumber, fault == "critical number", [2, 1, (byte)(fault == "another number" ? 8 : 7)]);
        }

        if (fault is "delta unmeant" or "freshest in delta" or "base not older")
        {
            Write(writer, ExtensionOid.DeltaCrlIndicator, true, [2, 1, (byte)(fault == "base not older" ? 7 : 5)]);
        }

        if (fault is "partition unmeant" or "another partition")
        {
            Write(writer, ExtensionOid.IssuingDistributionPoint, true, Validation.TestExtensions.IssuingPoint("http://pki.example/2.crl", indirect: false));
        }

        if (fault == "freshest in delta")
        {
            Write(writer, ExtensionOid.FreshestCrl, false, [0x30, 0]);
        }

        if (fault != "no promise")
        {
            Write(writer, ExtensionOid.ExpiredCertsOnCrl, false, Encode(inner => inner.WriteGeneralizedTime(s_now.AddDays(fault == "late promise" ? 1 : -100), omitFractionalSeconds: true)));
        }
    }

    private static void WriteTime(AsnWriter writer, DateTimeOffset time, bool generalized)
    {
        if (generalized)
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
        else
        {
            writer.WriteUtcTime(time);
        }
    }

    private static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    private static void Write(AsnWriter writer, string oid, bool critical, byte[] value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(value);
        }
    }
}
