using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Cms;

/// <summary>A signed or unsigned attribute as it stands in the signature.</summary>
/// <remarks>RFC 5652 §5.3: <c>Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }</c>.</remarks>
internal sealed class CmsAttribute
{
    /// <summary>More attributes than any profile defines.</summary>
    private const int MaximumAttributes = 128;

    /// <summary>Values of one attribute; archive timestamps of decades stay below.</summary>
    private const int MaximumValues = 128;

    /// <summary>Makes an attribute with one value.</summary>
    /// <param name="oid">The attribute's type.</param>
    /// <param name="value">The DER of its value.</param>
    public CmsAttribute(string oid, ReadOnlyMemory<byte> value)
        : this(oid, [value])
    {
    }

    private CmsAttribute(string oid, IReadOnlyList<ReadOnlyMemory<byte>> values)
    {
        Oid = oid;
        Values = values;
    }

    /// <summary>The attribute's type, an object identifier in dotted form.</summary>
    public string Oid { get; }

    /// <summary>The encoded values.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Values { get; }

    /// <summary>Reads a SET OF Attribute in any order; its tag may be SET or a context tag.</summary>
    internal static IReadOnlyList<CmsAttribute> DecodeAll(ReadOnlyMemory<byte> encoded, Asn1Tag tag)
    {
        var outer = new DerReader(encoded, AsnEncodingRules.BER);
        DerReader set = outer.ReadSetOf(tag, checkOrder: false);
        var attributes = new List<CmsAttribute>();
        while (set.HasData)
        {
            if (attributes.Count == MaximumAttributes)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {MaximumAttributes} attributes", set.Offset);
            }

            DerReader fields = set.ReadSequence();
            string oid = fields.ReadObjectIdentifier();
            attributes.Add(new CmsAttribute(oid, ReadValues(fields, oid)));
        }

        return attributes;
    }

    /// <summary>The values; none when they are not in a SET, so that one malformed attribute spoils only the check that needs it.</summary>
    private static List<ReadOnlyMemory<byte>> ReadValues(DerReader fields, string oid)
    {
        var values = new List<ReadOnlyMemory<byte>>(1);
        if (!fields.NextIs(Asn1Tag.SetOf))
        {
            return values;
        }

        DerReader set = fields.ReadSetOf(checkOrder: false);
        fields.ThrowIfNotEmpty();
        while (set.HasData)
        {
            if (values.Count == MaximumValues)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {MaximumValues} values of attribute {oid}", set.Offset);
            }

            values.Add(set.ReadEncodedValue());
        }

        return values;
    }

    internal byte[] Encode()
    {
        int size = 64;
        foreach (ReadOnlyMemory<byte> value in Values)
        {
            size += value.Length;
        }

        var writer = new AsnWriter(AsnEncodingRules.DER, size);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Oid);
            using (writer.PushSetOf())
            {
                foreach (ReadOnlyMemory<byte> value in Values)
                {
                    writer.WriteEncodedValue(value.Span);
                }
            }
        }

        return writer.Encode();
    }
}
