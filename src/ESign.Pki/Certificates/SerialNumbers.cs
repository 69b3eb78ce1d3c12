using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Certificates;

/// <summary>Reads and writes serial numbers as the octets they are.</summary>
/// <remarks>
/// RFC 5280 §4.1.2.2. Issuers have written numbers with needless leading zeros; such a certificate is known by exactly these
/// octets everywhere, so they are neither refused nor shortened here.
/// </remarks>
internal static class SerialNumbers
{
    public static ReadOnlyMemory<byte> Read(DerReader reader)
    {
        if (!reader.NextIs(Asn1Tag.Integer) || reader.PeekTag().IsConstructed)
        {
            throw new Asn1FormatException(Asn1ErrorCode.Malformed, "a serial number is no INTEGER", reader.Offset);
        }

        ReadOnlyMemory<byte> octets = reader.PeekContent();
        reader.ReadEncodedValue();
        return octets.Length is > 0 and <= MaximumLength
            ? octets
            : throw new Asn1FormatException(Asn1ErrorCode.LimitExceeded, $"a serial number of {octets.Length} octets", reader.Offset);
    }

    /// <summary>Six times what RFC 5280 allows, and short enough for a one-octet length.</summary>
    public const int MaximumLength = 127;

    public static void Write(AsnWriter writer, ReadOnlySpan<byte> octets)
    {
        Span<byte> encoded = stackalloc byte[2 + MaximumLength];
        encoded[0] = 0x02;
        encoded[1] = (byte)octets.Length;
        octets.CopyTo(encoded[2..]);
        writer.WriteEncodedValue(encoded[..(2 + octets.Length)]);
    }
}
