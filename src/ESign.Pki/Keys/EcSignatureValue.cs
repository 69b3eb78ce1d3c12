using System.Formats.Asn1;
using System.Numerics;

namespace ESign.Pki.Keys;

/// <summary>The two numbers of an ECDSA or SM2 signature.</summary>
/// <remarks>RFC 3279 §2.2.3, GM/T 0009 §7.3: <c>SEQUENCE { r INTEGER, s INTEGER }</c>, read as strict DER.</remarks>
internal static class EcSignatureValue
{
    /// <summary>Decodes to r ‖ s in fixed width; false when it is no such DER or a number does not fit.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> signature, Span<byte> fixedWidth)
    {
        int width = fixedWidth.Length / 2;
        try
        {
            AsnDecoder.ReadSequence(signature, AsnEncodingRules.DER, out int offset, out int length, out int consumed);
            ReadOnlySpan<byte> content = signature.Slice(offset, length);
            ReadOnlySpan<byte> r = AsnDecoder.ReadIntegerBytes(content, AsnEncodingRules.DER, out int afterR);
            ReadOnlySpan<byte> s = AsnDecoder.ReadIntegerBytes(content[afterR..], AsnEncodingRules.DER, out int afterS);
            return consumed == signature.Length && afterR + afterS == length
                && TryCopy(r, fixedWidth[..width]) && TryCopy(s, fixedWidth[width..]);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    public static BigInteger ToNumber(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static bool TryCopy(ReadOnlySpan<byte> number, Span<byte> destination)
    {
        if (number[0] >= 0x80)
        {
            return false;
        }

        number = number[0] == 0 ? number[1..] : number;
        if (number.Length > destination.Length)
        {
            return false;
        }

        destination.Clear();
        number.CopyTo(destination[^number.Length..]);
        return true;
    }
}
