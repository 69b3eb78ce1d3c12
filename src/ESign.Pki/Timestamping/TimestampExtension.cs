using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Timestamping;

/// <summary>An extension of a request or a token (RFC 3161 §2.4.1: <c>extensions [0] or [1] IMPLICIT Extensions</c>, RFC 5280 §4.1).</summary>
internal sealed record TimestampExtension(string Oid, bool IsCritical, ReadOnlyMemory<byte> Value)
{
    /// <summary>More than any profile of RFC 3161 defines.</summary>
    private const int MaximumCount = 32;

    public static IReadOnlyList<TimestampExtension> DecodeAll(DerReader reader, Asn1Tag tag)
    {
        DerReader list = reader.ReadSequence(tag);
        var extensions = new List<TimestampExtension>();
        while (list.HasData)
        {
            if (extensions.Count == MaximumCount)
            {
                throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"more than {MaximumCount} extensions", list.Offset);
            }

            DerReader fields = list.ReadSequence();
            string oid = fields.ReadObjectIdentifier();
            bool critical = fields.NextIs(Asn1Tag.Boolean) && fields.ReadBoolean();
            ReadOnlyMemory<byte> value = fields.ReadOctetString();
            fields.ThrowIfNotEmpty();
            extensions.Add(new TimestampExtension(oid, critical, value));
        }

        return extensions;
    }

    public static void EncodeAll(AsnWriter writer, IReadOnlyList<TimestampExtension> extensions, Asn1Tag tag)
    {
        using (writer.PushSequence(tag))
        {
            foreach (TimestampExtension extension in extensions)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(extension.Oid);
                    if (extension.IsCritical)
                    {
                        writer.WriteBoolean(true);
                    }

                    writer.WriteOctetString(extension.Value.Span);
                }
            }
        }
    }
}
