using System.Buffers.Binary;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Images;

/// <summary>Writes a picture as PNG, eight bits a channel (ISO/IEC 15948).</summary>
internal static class PngWriter
{
    public static byte[] Write(RasterImage image)
    {
        int channels = image.Alpha is null ? 3 : 4;
        byte[] rows = new byte[image.Height * (1 + (image.Width * channels))];
        int at = 0;
        for (int pixel = 0; pixel < image.Width * image.Height; pixel++)
        {
            at += pixel % image.Width == 0 ? 1 : 0; // the row's filter byte, 0: none
            image.Rgb.AsSpan(pixel * 3, 3).CopyTo(rows.AsSpan(at));
            at += 3;
            if (image.Alpha is not null)
            {
                rows[at++] = image.Alpha[pixel];
            }
        }

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), image.Height);
        header[8] = 8;
        header[9] = (byte)(image.Alpha is null ? 2 : 6);
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, ContentBuilder.Deflate(rows));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] named = [.. type, .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(named));
        file.Write(number);
    }
}
