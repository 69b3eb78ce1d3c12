using System.Formats.Asn1;
using ESign.Pki.Asn1;

namespace ESign.Pki.Certificates;

/// <summary>Reads a named bit list (KeyUsage, ReasonFlags): bit n of the string becomes bit n of the number.</summary>
/// <remarks>X.680 §22.7; trailing zero bits, which DER forbids (X.690 §11.2.2), are tolerated: issuers write them.</remarks>
internal static class NamedBits
{
    public static int Decode(DerReader reader, Asn1Tag? tag = null)
    {
        ReadOnlyMemory<byte> bytes = reader.ReadBitString(out int unused, tag);
        if (bytes.Length > 4)
        {
            throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, "A named bit list is not a short BIT STRING.");
        }

        int bits = 0;
        for (int i = 0; i < (bytes.Length * 8) - unused && i < 31; i++)
        {
            if ((bytes.Span[i / 8] & (0x80 >> (i % 8))) != 0)
            {
                bits |= 1 << i;
            }
        }

        return bits;
    }
}
