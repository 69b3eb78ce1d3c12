using System.Buffers;
using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Cms;

/// <summary>Rewrites BER as DER: definite minimal lengths, strings in one piece, and sets in ascending order where asked.</summary>
/// <remarks>
/// ITU-T X.690 §10 and §11. Signed attributes are signed as DER whatever was transmitted (RFC 5652 §5.4), and PDF wants
/// DER in /Contents (ISO 32000-1 §12.8.3.3). Primitive contents are kept as they are: a certificate stays the bytes that were signed.
/// </remarks>
internal static class BerConverter
{
    /// <summary>Deeper than CMS with embedded OCSP answers nests.</summary>
    private const int MaximumDepth = 40;

    public static byte[] ToDer(ReadOnlyMemory<byte> encoded, bool sortSets)
    {
        var output = new ArrayBufferWriter<byte>(encoded.Length + 16);
        var reader = new DerReader(encoded, AsnEncodingRules.BER);
        Convert(reader, output, sortSets, depth: 0);
        reader.ThrowIfNotEmpty();
        return output.WrittenSpan.ToArray();
    }

    private static void Convert(DerReader reader, ArrayBufferWriter<byte> output, bool sortSets, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"nested deeper than {MaximumDepth} levels", reader.Offset);
        }

        Asn1Tag tag = reader.PeekTag();
        if (tag.TagClass == TagClass.Universal && tag.TagValue == (int)UniversalTagNumber.OctetString)
        {
            WriteValue(output, new Asn1Tag(UniversalTagNumber.OctetString), reader.ReadOctetString().Span);
            return;
        }

        if (!tag.IsConstructed)
        {
            ReadOnlyMemory<byte> primitive = reader.ReadEncodedValue();
            AsnDecoder.ReadEncodedValue(primitive.Span, AsnEncodingRules.BER, out int offset, out int length, out _);
            WriteValue(output, tag, primitive.Span.Slice(offset, length));
            return;
        }

        var content = new ArrayBufferWriter<byte>(256);
        DerReader inner = reader.ReadSequence(tag);
        bool isSet = tag.TagClass == TagClass.Universal && tag.TagValue == (int)UniversalTagNumber.SetOf;
        if (sortSets && isSet)
        {
            WriteSorted(inner, content, depth);
        }
        else
        {
            while (inner.HasData)
            {
                Convert(inner, content, sortSets, depth + 1);
            }
        }

        WriteValue(output, tag, content.WrittenSpan);
    }

    private static void WriteSorted(DerReader inner, ArrayBufferWriter<byte> content, int depth)
    {
        var elements = new List<byte[]>();
        while (inner.HasData)
        {
            var element = new ArrayBufferWriter<byte>(64);
            Convert(inner, element, sortSets: true, depth + 1);
            elements.Add(element.WrittenSpan.ToArray());
        }

        elements.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        foreach (byte[] element in elements)
        {
            content.Write(element);
        }
    }

    private static void WriteValue(ArrayBufferWriter<byte> output, Asn1Tag tag, ReadOnlySpan<byte> content)
    {
        int tagSize = tag.CalculateEncodedSize();
        Span<byte> header = output.GetSpan(tagSize + DerLength.MaximumSize);
        tag.TryEncode(header, out _);
        int lengthSize = DerLength.Write(header[tagSize..], content.Length);
        output.Advance(tagSize + lengthSize);
        output.Write(content);
    }
}
