using System.Formats.Asn1;
using System.Numerics;
using ESign.Pki.Asn1;

namespace ESign.Pki.Certificates;

// The decoded values of the extensions path validation reads. RFC 5280 §4.2; the ASN.1 is quoted at each decoder.

/// <summary><c>BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }</c> (§4.2.1.9).</summary>
internal sealed record BasicConstraints(bool IsAuthority, int? PathLength)
{
    public static BasicConstraints Decode(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        bool authority = sequence.NextIs(Asn1Tag.Boolean) && sequence.ReadBoolean();
        int? pathLength = sequence.HasData ? ExtensionDecoding.ReadCount(sequence) : null;
        sequence.ThrowIfNotEmpty();
        return new BasicConstraints(authority, pathLength);
    }
}

/// <summary><c>AuthorityKeyIdentifier ::= SEQUENCE { [0] keyIdentifier, [1] authorityCertIssuer, [2] authorityCertSerialNumber }</c> (§4.2.1.1).</summary>
internal sealed record AuthorityKeyIdentifier(ReadOnlyMemory<byte>? KeyIdentifier, IReadOnlyList<GeneralName>? Issuer, ReadOnlyMemory<byte>? SerialNumber)
{
    public static AuthorityKeyIdentifier Decode(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        ReadOnlyMemory<byte>? key = sequence.NextIsContext(0) ? sequence.ReadOctetString(ExtensionDecoding.Context(0)) : (ReadOnlyMemory<byte>?)null;
        IReadOnlyList<GeneralName>? issuer = sequence.NextIsContext(1) ? GeneralName.DecodeAll(sequence.ReadSequence(ExtensionDecoding.Context(1))) : null;
        ReadOnlyMemory<byte>? serial = sequence.NextIsContext(2) ? sequence.ReadIntegerBytes(ExtensionDecoding.Context(2)) : (ReadOnlyMemory<byte>?)null;
        sequence.ThrowIfNotEmpty();
        return new AuthorityKeyIdentifier(key, issuer, serial);
    }
}

/// <summary><c>GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1] BaseDistance OPTIONAL }</c> (§4.2.1.10).</summary>
internal sealed record GeneralSubtree(GeneralName Base, int Minimum, int? Maximum);

/// <summary><c>NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees [1] GeneralSubtrees OPTIONAL }</c> (§4.2.1.10).</summary>
internal sealed record NameConstraintsValue(IReadOnlyList<GeneralSubtree> Permitted, IReadOnlyList<GeneralSubtree> Excluded)
{
    /// <summary>The most subtrees one certificate may hold; the widest in the conformance suites has about 4,100.</summary>
    private const int MaximumCount = 8192;

    public static NameConstraintsValue Decode(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        IReadOnlyList<GeneralSubtree> permitted = sequence.NextIsContext(0) ? DecodeSubtrees(sequence.ReadSequence(ExtensionDecoding.Context(0))) : [];
        IReadOnlyList<GeneralSubtree> excluded = sequence.NextIsContext(1) ? DecodeSubtrees(sequence.ReadSequence(ExtensionDecoding.Context(1))) : [];
        sequence.ThrowIfNotEmpty();
        return permitted.Count + excluded.Count == 0
            ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Name constraints without a subtree (RFC 5280 §4.2.1.10).")
            : new NameConstraintsValue(permitted, excluded);
    }

    private static List<GeneralSubtree> DecodeSubtrees(DerReader reader)
    {
        var subtrees = new List<GeneralSubtree>();
        while (reader.HasData)
        {
            if (subtrees.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "More than 8,192 name constraint subtrees.");
            }

            DerReader subtree = reader.ReadSequence();
            GeneralName name = GeneralName.Decode(subtree);
            int minimum = subtree.NextIsContext(0) ? ExtensionDecoding.ReadCount(subtree, ExtensionDecoding.Context(0)) : 0;
            int? maximum = subtree.NextIsContext(1) ? ExtensionDecoding.ReadCount(subtree, ExtensionDecoding.Context(1)) : null;
            subtree.ThrowIfNotEmpty();
            subtrees.Add(new GeneralSubtree(name, minimum, maximum));
        }

        return subtrees.Count == 0 ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "GeneralSubtrees is empty (RFC 5280 §4.2.1.10).") : subtrees;
    }
}

/// <summary><c>PolicyInformation ::= SEQUENCE { policyIdentifier, policyQualifiers SEQUENCE OF PolicyQualifierInfo OPTIONAL }</c> (§4.2.1.4).</summary>
internal sealed record PolicyInformation(string Oid, ReadOnlyMemory<byte> Qualifiers)
{
    public const string AnyPolicy = "2.5.29.32.0";

    private const string CpsQualifier = "1.3.6.1.5.5.7.2.1";
    private const string UserNoticeQualifier = "1.3.6.1.5.5.7.2.2";

    /// <summary>The most policies one certificate may name; the work of the policy graph is bounded by it.</summary>
    private const int MaximumCount = 256;

    /// <summary>Whether a qualifier is neither of the two RFC 5280 defines: <c>PolicyQualifierInfo ::= SEQUENCE { policyQualifierId, qualifier ANY }</c>.</summary>
    public bool HasUnknownQualifier()
    {
        if (Qualifiers.IsEmpty)
        {
            return false;
        }

        bool unknown = false;
        DerReader qualifiers = DerReader.OpenSequence(Qualifiers);
        while (qualifiers.HasData)
        {
            unknown |= qualifiers.ReadSequence().ReadObjectIdentifier() is not (CpsQualifier or UserNoticeQualifier);
        }

        return unknown;
    }

    public static IReadOnlyList<PolicyInformation> DecodeAll(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        var policies = new List<PolicyInformation>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (sequence.HasData)
        {
            DerReader information = sequence.ReadSequence();
            string oid = information.ReadObjectIdentifier();
            ReadOnlyMemory<byte> qualifiers = information.HasData ? information.ReadEncodedValue() : default;
            information.ThrowIfNotEmpty();
            if (!seen.Add(oid))
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "A certificate policy appears twice (RFC 5280 §4.2.1.4).");
            }

            policies.Add(new PolicyInformation(oid, qualifiers));
        }

        return policies.Count is 0 or > MaximumCount ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Certificate policies: none, or more than 256.") : policies;
    }
}

/// <summary><c>PolicyMappings ::= SEQUENCE SIZE (1..MAX) OF SEQUENCE { issuerDomainPolicy, subjectDomainPolicy }</c> (§4.2.1.5).</summary>
internal sealed record PolicyMapping(string IssuerPolicy, string SubjectPolicy)
{
    private const int MaximumCount = 256;

    /// <summary>"Policies MUST NOT be mapped either to or from the special value anyPolicy."</summary>
    public bool InvolvesAnyPolicy => IssuerPolicy is PolicyInformation.AnyPolicy || SubjectPolicy is PolicyInformation.AnyPolicy;

    public static IReadOnlyList<PolicyMapping> DecodeAll(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        var mappings = new List<PolicyMapping>();
        while (sequence.HasData)
        {
            DerReader mapping = sequence.ReadSequence();
            mappings.Add(new PolicyMapping(mapping.ReadObjectIdentifier(), mapping.ReadObjectIdentifier()));
            mapping.ThrowIfNotEmpty();
        }

        return mappings.Count is 0 or > MaximumCount ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Policy mappings: none, or more than 256.") : mappings;
    }
}

/// <summary><c>PolicyConstraints ::= SEQUENCE { requireExplicitPolicy [0] SkipCerts OPTIONAL, inhibitPolicyMapping [1] SkipCerts OPTIONAL }</c> (§4.2.1.11).</summary>
internal sealed record PolicyConstraints(int? RequireExplicitPolicy, int? InhibitPolicyMapping)
{
    public static PolicyConstraints Decode(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        int? require = sequence.NextIsContext(0) ? ExtensionDecoding.ReadCount(sequence, ExtensionDecoding.Context(0)) : null;
        int? inhibit = sequence.NextIsContext(1) ? ExtensionDecoding.ReadCount(sequence, ExtensionDecoding.Context(1)) : null;
        sequence.ThrowIfNotEmpty();
        return require is null && inhibit is null
            ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Policy constraints is an empty sequence (RFC 5280 §4.2.1.11).")
            : new PolicyConstraints(require, inhibit);
    }
}

/// <summary><c>DistributionPoint ::= SEQUENCE { distributionPoint [0] DistributionPointName, reasons [1] ReasonFlags, cRLIssuer [2] GeneralNames }</c> (§4.2.1.13).</summary>
internal sealed record DistributionPoint(DistributionPointName? Name, int? Reasons, IReadOnlyList<GeneralName>? CrlIssuer)
{
    private const int MaximumCount = 64;

    public static IReadOnlyList<DistributionPoint> DecodeAll(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        var points = new List<DistributionPoint>();
        while (sequence.HasData)
        {
            DerReader point = sequence.ReadSequence();
            DistributionPointName? name = point.NextIsContext(0) ? DistributionPointName.Decode(point.ReadExplicit(0)) : null;
            int? reasons = point.NextIsContext(1) ? NamedBits.Decode(point, ExtensionDecoding.Context(1)) : null;
            IReadOnlyList<GeneralName>? issuer = point.NextIsContext(2) ? GeneralName.DecodeAll(point.ReadSequence(ExtensionDecoding.Context(2))) : null;
            point.ThrowIfNotEmpty();
            if (name is null && issuer is null)
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "A distribution point with neither name nor CRL issuer (RFC 5280 §4.2.1.13).");
            }

            points.Add(new DistributionPoint(name, reasons, issuer));
        }

        return points.Count is 0 or > MaximumCount ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Distribution points: none, or more than 64.") : points;
    }
}

/// <summary><c>DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] RelativeDistinguishedName }</c> (§4.2.1.13).</summary>
internal sealed record DistributionPointName(IReadOnlyList<GeneralName>? FullName, ReadOnlyMemory<byte> RelativeToIssuer)
{
    public static DistributionPointName Decode(DerReader choice)
    {
        DistributionPointName name;
        if (choice.NextIsContext(0))
        {
            name = new DistributionPointName(GeneralName.DecodeAll(choice.ReadSequence(ExtensionDecoding.Context(0))), default);
        }
        else
        {
            // The SET OF's content, without its tag: the reader that appends it to a name wants just the attributes.
            Asn1Tag tag = ExtensionDecoding.Context(1);
            if (!choice.PeekTag().HasSameClassAndValue(tag))
            {
                throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Not a distribution point name.");
            }

            name = new DistributionPointName(FullName: null, choice.PeekContent());
            choice.ReadEncodedValue();
        }

        choice.ThrowIfNotEmpty();
        return name;
    }
}

/// <summary><c>AccessDescription ::= SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }</c> (§4.2.2.1).</summary>
internal sealed record AccessDescription(string Method, GeneralName Location)
{
    public const string Ocsp = "1.3.6.1.5.5.7.48.1";
    public const string CertificateIssuers = "1.3.6.1.5.5.7.48.2";
    private const int MaximumCount = 64;

    public static IReadOnlyList<AccessDescription> DecodeAll(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        var descriptions = new List<AccessDescription>();
        while (sequence.HasData)
        {
            DerReader description = sequence.ReadSequence();
            descriptions.Add(new AccessDescription(description.ReadObjectIdentifier(), GeneralName.Decode(description)));
            description.ThrowIfNotEmpty();
        }

        return descriptions.Count is 0 or > MaximumCount ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Access descriptions: none, or more than 64.") : descriptions;
    }
}

/// <summary>What the decoders of extension values share.</summary>
internal static class ExtensionDecoding
{
    public static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number);

    /// <summary>Reads INTEGER (0..MAX); anything beyond an int acts as the largest int, which no path reaches.</summary>
    public static int ReadCount(DerReader reader, Asn1Tag? tag = null)
    {
        BigInteger value = reader.ReadInteger(tag);
        return value.Sign < 0
            ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "A count is negative.")
            : value > int.MaxValue ? int.MaxValue : (int)value;
    }

    /// <summary><c>ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId</c> (§4.2.1.12).</summary>
    public static IReadOnlyList<string> DecodePurposes(ReadOnlyMemory<byte> encoded)
    {
        DerReader sequence = DerReader.OpenSequence(encoded);
        var purposes = new List<string>();
        while (sequence.HasData)
        {
            purposes.Add(sequence.ReadObjectIdentifier());
        }

        return purposes.Count is 0 or > 256 ? throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "Extended key usage: none, or more than 256 (RFC 5280 §4.2.1.12).") : purposes;
    }

    /// <summary>A value that is one INTEGER (0..MAX).</summary>
    public static int DecodeCount(ReadOnlyMemory<byte> encoded)
    {
        var reader = new DerReader(encoded);
        int count = ReadCount(reader);
        reader.ThrowIfNotEmpty();
        return count;
    }

    /// <summary>A value that is one OCTET STRING.</summary>
    public static ReadOnlyMemory<byte> DecodeOctets(ReadOnlyMemory<byte> encoded)
    {
        var reader = new DerReader(encoded);
        ReadOnlyMemory<byte> octets = reader.ReadOctetString();
        reader.ThrowIfNotEmpty();
        return octets;
    }

    /// <summary>A value that is one named bit list.</summary>
    public static int DecodeBits(ReadOnlyMemory<byte> encoded)
    {
        var reader = new DerReader(encoded);
        int bits = NamedBits.Decode(reader);
        reader.ThrowIfNotEmpty();
        return bits;
    }
}
