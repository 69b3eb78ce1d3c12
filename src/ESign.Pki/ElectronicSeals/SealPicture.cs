using System.Formats.Asn1;
using System.Globalization;
using ESign.Pki.Asn1;

namespace ESign.Pki.ElectronicSeals;

/// <summary>The picture of an electronic seal and its printed size.</summary>
/// <remarks>GB/T 38540 <c>SES_ESPictrueInfo ::= SEQUENCE { type IA5String, data OCTET STRING, width INTEGER, height INTEGER }</c>; the sizes are millimetres.</remarks>
/// <param name="Type">The file format, for example <c>PNG</c>, <c>GIF</c> or <c>OFD</c>.</param>
/// <param name="Data">The picture file.</param>
/// <param name="Width">The printed width in millimetres.</param>
/// <param name="Height">The printed height in millimetres.</param>
public sealed record SealPicture(string Type, ReadOnlyMemory<byte> Data, int Width, int Height)
{
    /// <summary>Millimetres; the largest seals in use have 60, and this still fits a number that was meant in pixels.</summary>
    private const int MaximumExtent = 10_000;

    internal static SealPicture Read(DerReader info)
    {
        DerReader picture = info.ReadSequence();
        string type = picture.ReadCharacterString(UniversalTagNumber.IA5String);
        ReadOnlyMemory<byte> data = picture.ReadOctetString();
        var read = new SealPicture(type, data, ReadExtent(picture), ReadExtent(picture));
        picture.ThrowIfNotEmpty();
        return read;
    }

    internal void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, Type);
            writer.WriteOctetString(Data.Span);
            writer.WriteInteger(Width);
            writer.WriteInteger(Height);
        }
    }

    private static int ReadExtent(DerReader picture)
    {
        int at = picture.Offset;
        int extent = picture.ReadInt32();
        return extent is > 0 and <= MaximumExtent
            ? extent
            : throw new Asn1FormatException(Asn1ErrorCode.UnexpectedValue, string.Create(CultureInfo.InvariantCulture, $"a seal picture {extent} mm wide or high"), at);
    }
}
