using System.Buffers.Binary;

namespace ESign.Pdf.Seals.Images;

/// <summary>What a PDF must say about a JPEG file that it embeds as it is.</summary>
/// <remarks>
/// ITU-T T.81 annex B; the Adobe marker as in Adobe Technical Note 5116 (CMYK data is then stored inverted); orientation
/// from Exif 2.3 §4.6.4. <c>/DCTDecode</c> shows baseline, extended and progressive Huffman files of 8 bits.
/// </remarks>
/// <param name="Width">Stored columns.</param>
/// <param name="Height">Stored rows.</param>
/// <param name="Components">1 grey, 3 colour, 4 CMYK.</param>
/// <param name="IsAdobe">Whether an Adobe marker is there.</param>
/// <param name="Orientation">1 to 8, how the stored picture must be turned to be upright.</param>
/// <param name="Length">The number of bytes up to and including the end-of-image marker.</param>
internal sealed record JpegHeader(int Width, int Height, int Components, bool IsAdobe, int Orientation, int Length)
{
    public static bool IsJpeg(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    /// <exception cref="SealImageException">It is damaged, too large, or of a kind that readers do not show.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> file)
    {
        int width = 0, height = 0, components = 0, orientation = 1;
        bool isAdobe = false;
        int position = 2;
        while (true)
        {
            ReadOnlySpan<byte> segment = NextSegment(file, ref position, out byte marker);
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2: // SOF0 baseline, SOF1 extended, SOF2 progressive
                    if (segment.Length < 6 || components != 0)
                    {
                        throw Corrupt("malformed frame header");
                    }

                    if (segment[0] != 8)
                    {
                        throw Unsupported($"{segment[0]} bits a sample");
                    }

                    height = BinaryPrimitives.ReadUInt16BigEndian(segment[1..]);
                    width = BinaryPrimitives.ReadUInt16BigEndian(segment[3..]);
                    components = segment[5] is 1 or 3 or 4 ? segment[5] : throw Unsupported($"{segment[5]} components");
                    ImageLimits.CheckPixels(width, height);
                    break;
                case 0xC3 or (>= 0xC5 and <= 0xC7) or (>= 0xC9 and <= 0xCB) or (>= 0xCD and <= 0xCF):
                    throw Unsupported($"frame type FF{marker:X2} (lossless, hierarchical or arithmetic)");
                case 0xE1:
                    orientation = ExifOrientation(segment) ?? orientation;
                    break;
                case 0xEE:
                    isAdobe |= segment.StartsWith("Adobe"u8);
                    break;
                case 0xDA when components == 0:
                    throw Corrupt("no frame header before the scan");
                case 0xDA:
                    int end = file[position..].LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]);
                    return end >= 0
                        ? new JpegHeader(width, height, components, isAdobe, orientation, position + end + 2)
                        : throw Corrupt("cut off: no end of image");
            }
        }
    }

    // B.1.1.2: FF, any number of FF fill bytes, the marker; B.1.1.4: then a length that counts its own two bytes.
    private static ReadOnlySpan<byte> NextSegment(ReadOnlySpan<byte> file, ref int position, out byte marker)
    {
        if (position >= file.Length || file[position] != 0xFF)
        {
            throw Corrupt($"no marker at byte {position}");
        }

        while (position < file.Length && file[position] == 0xFF)
        {
            position++;
        }

        if (file.Length - position < 3)
        {
            throw Corrupt("cut off in its header");
        }

        marker = file[position];
        int length = BinaryPrimitives.ReadUInt16BigEndian(file[(position + 1)..]);
        if (marker is 0xD9 or 0x00 or (>= 0xD0 and <= 0xD8) || length < 2 || length > file.Length - position - 1)
        {
            throw Corrupt($"malformed marker FF{marker:X2} at byte {position - 1}");
        }

        ReadOnlySpan<byte> segment = file.Slice(position + 3, length - 2);
        position += 1 + length;
        return segment;
    }

    private static int? ExifOrientation(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith("Exif\0\0"u8) || segment.Length < 14)
        {
            return null;
        }

        ReadOnlySpan<byte> tiff = segment[6..];
        bool isLittle = tiff[0] == (byte)'I';
        uint directory = U32(tiff[4..], isLittle);
        if (directory > tiff.Length - 2)
        {
            return null;
        }

        int count = U16(tiff[(int)directory..], isLittle);
        for (int i = 0; i < count; i++)
        {
            long entry = directory + 2 + (12L * i);
            if (entry + 12 > tiff.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> field = tiff.Slice((int)entry, 12);
            if (U16(field, isLittle) == 0x0112)
            {
                return U16(field[8..], isLittle) is >= 1 and <= 8 and int value ? value : null;
            }
        }

        return null;
    }

    private static int U16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static SealImageException Corrupt(string what) => new(SealImageError.Corrupt, $"JPEG: {what}.");

    private static SealImageException Unsupported(string what) => new(SealImageError.UnsupportedFormat, $"JPEG: {what}.");
}
