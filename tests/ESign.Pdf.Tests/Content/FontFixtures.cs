using System.Buffers.Binary;
using System.Text;

namespace ESign.Pdf.Tests.Content;

/// <summary>The smallest font programs that carry a character map.</summary>
internal static class FontFixtures
{
    /// <summary>A TrueType file with nothing but a <c>cmap</c> whose subtables are given.</summary>
    public static byte[] TrueType(params (int Platform, int Encoding, byte[] Subtable)[] subtables)
    {
        var cmap = new List<byte>();
        cmap.AddRange(U16(0, subtables.Length));
        int offset = 4 + (8 * subtables.Length);
        foreach ((int platform, int encoding, byte[] subtable) in subtables)
        {
            cmap.AddRange([.. U16(platform, encoding), .. U32(offset)]);
            offset += subtable.Length;
        }

        cmap.AddRange(subtables.SelectMany(s => s.Subtable));
        return [.. U32(0x00010000), .. U16(1, 16, 0, 0), .. "cmap"u8, .. U32(0), .. U32(28), .. U32(cmap.Count), .. cmap];
    }

    public static byte[] Format0(byte code, byte glyph)
    {
        byte[] glyphs = new byte[256];
        glyphs[code] = glyph;
        return [.. U16(0, 262, 0), .. glyphs];
    }

    /// <summary>Two segments: one by delta, and the closing 0xFFFF.</summary>
    public static byte[] Format4(int first, int last, int glyph) =>
        [.. U16(4, 32, 0, 4, 4, 1, 0, last, 0xFFFF, 0, first, 0xFFFF, glyph - first, 1, 0, 0)];

    public static byte[] Format6(int first, params int[] glyphs) => [.. U16(6, 10 + (2 * glyphs.Length), 0, first, glyphs.Length), .. U16(glyphs)];

    public static byte[] Format12(uint first, uint last, uint glyph) =>
        [.. U16(12, 0), .. U32(28), .. U32(0), .. U32(1), .. U32((int)first), .. U32((int)last), .. U32((int)glyph)];

    /// <summary>A CFF font of three glyphs, .notdef and two by name, encoded at the given codes.</summary>
    public static byte[] Cff(string first, byte firstCode, string second, byte secondCode)
    {
        byte[] header = [1, 0, 4, 1];
        byte[] names = Index("F"u8.ToArray());
        byte[] strings = Index(Encoding.ASCII.GetBytes(first), Encoding.ASCII.GetBytes(second));
        byte[] subroutines = [0, 0];
        const int DictionaryLength = 12;
        int dictionary = header.Length + names.Length;
        int data = dictionary + 5 + DictionaryLength + strings.Length + subroutines.Length;
        byte[] charset = [0, .. U16(391, 392)];
        byte[] encoding = [0, 2, firstCode, secondCode];
        byte[] top = [28, .. U16(data), 15, 28, .. U16(data + charset.Length), 16, 28, .. U16(data + charset.Length + encoding.Length), 17];
        return [.. header, .. names, .. Index(top), .. strings, .. subroutines, .. charset, .. encoding, .. Index([14], [14], [14])];
    }

    private static byte[] Index(params byte[][] items)
    {
        var offsets = new List<byte> { 1 };
        foreach (byte[] item in items)
        {
            offsets.Add((byte)(offsets[^1] + item.Length));
        }

        return [.. U16(items.Length), 1, .. offsets, .. items.SelectMany(i => i)];
    }

    private static byte[] U16(params int[] values)
    {
        byte[] bytes = new byte[2 * values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), (ushort)values[i]);
        }

        return bytes;
    }

    private static byte[] U32(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
