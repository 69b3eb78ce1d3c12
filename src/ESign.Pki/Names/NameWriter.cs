using System.Formats.Asn1;

namespace ESign.Pki.Names;

/// <summary>Writes relative distinguished names of one attribute each.</summary>
/// <remarks>
/// RFC 5280 §4.1.2.4: new names are UTF8String, except countryName and serialNumber, which are PrintableString by their
/// definition (appendix A.1).
/// </remarks>
internal static class NameWriter
{
    public static void WriteUtf8(AsnWriter writer, string type, string value) => Write(writer, type, UniversalTagNumber.UTF8String, value);

    public static void WritePrintable(AsnWriter writer, string type, string value) => Write(writer, type, UniversalTagNumber.PrintableString, value);

    public static void WriteOptional(AsnWriter writer, string type, string? value)
    {
        if (value is not null)
        {
            WriteUtf8(writer, type, value);
        }
    }

    private static void Write(AsnWriter writer, string type, UniversalTagNumber tag, string value)
    {
        using (writer.PushSetOf()) // RelativeDistinguishedName
        using (writer.PushSequence()) // AttributeTypeAndValue
        {
            writer.WriteObjectIdentifier(type);
            writer.WriteCharacterString(tag, value);
        }
    }
}
