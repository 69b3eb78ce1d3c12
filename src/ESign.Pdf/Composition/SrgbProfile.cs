using System.Buffers.Binary;
using System.Text;

namespace ESign.Pdf.Composition;

/// <summary>An ICC profile for sRGB of a few hundred bytes, computed from the standard's numbers.</summary>
/// <remarks>
/// ICC.1:2004-10 (profile version 4.2, the newest PDF 1.7 allows): a display profile of three primaries, adapted to D50,
/// and the parametric curve of IEC 61966-2-1.
/// </remarks>
internal static class SrgbProfile
{
    private const int HeaderLength = 128;

    /// <summary>The profile connection space's white point, D50.</summary>
    private static readonly double[] D50 = [0.9642, 1, 0.8249];

    public static ReadOnlyMemory<byte> Bytes { get; } = Build();

    private static byte[] Build()
    {
        byte[] curve = Element("para", [0, 3, 0, 0, .. Fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)]);
        (string Tag, byte[] Data)[] tags =
        [
            ("desc", Text("sRGB")),
            ("cprt", Text("No copyright")),
            ("wtpt", Element("XYZ ", Fixed(D50))),
            ("chad", Element("sf32", Fixed(1.04788, 0.02292, -0.05021, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168))),
            ("rXYZ", Element("XYZ ", Fixed(0.43604, 0.22249, 0.01392))),
            ("gXYZ", Element("XYZ ", Fixed(0.38512, 0.71690, 0.09706))),
            ("bXYZ", Element("XYZ ", Fixed(0.14305, 0.06061, 0.71393))),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];

        var body = new MemoryStream();
        var table = new MemoryStream();
        table.Write(BigEndian(tags.Length));
        int start = HeaderLength + 4 + (12 * tags.Length);
        int curveOffset = 0;
        foreach ((string tag, byte[] data) in tags)
        {
            bool isSharedCurve = ReferenceEquals(data, curve) && curveOffset != 0;
            int offset = isSharedCurve ? curveOffset : start + (int)body.Length;
            table.Write([.. Encoding.ASCII.GetBytes(tag), .. BigEndian(offset), .. BigEndian(data.Length)]);
            if (!isSharedCurve)
            {
                curveOffset = ReferenceEquals(data, curve) ? offset : 0;
                body.Write(data);
            }
        }

        byte[] header = Header(start + (int)body.Length);
        return [.. header, .. table.ToArray(), .. body.ToArray()];
    }

    // §7.2: size, version 4.2, display device, RGB to XYZ, date, signature, perceptual intent, illuminant D50.
    private static byte[] Header(int size)
    {
        byte[] header = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(header, size);
        header[8] = 0x04;
        header[9] = 0x20;
        "mntrRGB XYZ "u8.CopyTo(header.AsSpan(12));
        ((ReadOnlySpan<byte>)[0x07, 0xD0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]).CopyTo(header.AsSpan(24)); // 2000-01-01: never changes
        "acsp"u8.CopyTo(header.AsSpan(36));
        Fixed(D50).CopyTo(header.AsSpan(68));
        return header;
    }

    private static byte[] Element(string type, byte[] data) => [.. Encoding.ASCII.GetBytes(type), 0, 0, 0, 0, .. data];

    // §10.13 multiLocalizedUnicodeType with one record, en-US; padded to four bytes.
    private static byte[] Text(string text)
    {
        byte[] characters = Encoding.BigEndianUnicode.GetBytes(text);
        byte[] element = Element("mluc", [.. BigEndian(1), .. BigEndian(12), .. "enUS"u8, .. BigEndian(characters.Length), .. BigEndian(28), .. characters]);
        Array.Resize(ref element, (element.Length + 3) & ~3);
        return element;
    }

    private static byte[] Fixed(params double[] values) => [.. values.SelectMany(value => BigEndian((int)Math.Round(value * 65536)))];

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
