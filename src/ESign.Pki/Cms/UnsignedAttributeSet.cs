using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Cms;

/// <summary>Writes unsigned attributes, into a new signature or one that exists already.</summary>
/// <remarks>RFC 5652 §5.3: <c>unsignedAttrs [1] IMPLICIT SET SIZE (1..MAX) OF Attribute</c>. Everything else keeps its bytes, or the signature would break.</remarks>
internal static class UnsignedAttributeSet
{
    private static readonly Asn1Tag s_context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag s_context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);

    public static byte[] Encode(IEnumerable<CmsAttribute> attributes)
    {
        var encoded = attributes.Select(static attribute => attribute.Encode()).ToList();
        encoded.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        int content = encoded.Sum(static attribute => attribute.Length);
        byte[] set = new byte[DerLength.Total(content)];
        Span<byte> rest = DerLength.WriteHeader(set, 0xA1, content);
        foreach (byte[] attribute in encoded)
        {
            attribute.CopyTo(rest);
            rest = rest[attribute.Length..];
        }

        return set;
    }

    /// <summary>Adds an attribute to the only signer of a signature.</summary>
    /// <exception cref="Asn1FormatException">The bytes are not a SignedData with one signer.</exception>
    public static byte[] Add(ReadOnlyMemory<byte> signedData, CmsAttribute attribute)
    {
        DerReader contentInfo = DerReader.OpenSequence(signedData, AsnEncodingRules.BER);
        var writer = new AsnWriter(AsnEncodingRules.BER, signedData.Length + attribute.Values.Sum(static value => value.Length) + 256);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(contentInfo.ReadEncodedValue().Span); // contentType
            DerReader content = contentInfo.ReadExplicit(0);
            using (writer.PushSequence(s_context0))
            using (writer.PushSequence())
            {
                DerReader fields = content.ReadSequence();
                while (fields.HasData)
                {
                    ReadOnlyMemory<byte> field = fields.ReadEncodedValue();
                    if (fields.HasData)
                    {
                        writer.WriteEncodedValue(field.Span);
                        continue;
                    }

                    using (writer.PushSetOf()) // signerInfos come last
                    {
                        AddToSigner(new DerReader(field, AsnEncodingRules.BER).ReadSetOf(checkOrder: false), writer, attribute);
                    }
                }
            }
        }

        return writer.Encode();
    }

    private static void AddToSigner(DerReader signers, AsnWriter writer, CmsAttribute attribute)
    {
        DerReader signer = signers.ReadSequence();
        if (signers.HasData)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "more than one signer where an attribute is to be added", signers.Offset);
        }

        List<CmsAttribute> attributes = [attribute];
        using (writer.PushSequence())
        {
            while (signer.HasData)
            {
                bool isUnsigned = signer.NextIs(s_context1);
                ReadOnlyMemory<byte> field = signer.ReadEncodedValue();
                if (isUnsigned)
                {
                    attributes.InsertRange(0, CmsAttribute.DecodeAll(field, s_context1));
                }
                else
                {
                    writer.WriteEncodedValue(field.Span);
                }
            }

            writer.WriteEncodedValue(Encode(attributes));
        }
    }
}
