using System.Buffers.Binary;
using System.Text;

namespace ESign.Pdf.Tests.Fonts;

/// <summary>
/// A TrueType font of five glyphs made byte by byte: .notdef (empty), a square, a ring of off-curve points, a composite of
/// both (the second halved and moved), and a composite that contains itself. 1000 units to the em.
/// </summary>
internal static class HandmadeFont
{
    public const int Square = 1, Ring = 2, Both = 3, Endless = 4;

    /// <summary>'A' square, 'B' ring, 'C' both, U+20BB7 ring again, 'Z' the composite that contains itself.</summary>
    public static byte[] Build(bool withAllPlanes = true, int? embeddingRights = null)
    {
        byte[][] glyphs = [[], SquareGlyph(), RingGlyph(), BothGlyph(), EndlessGlyph()];
        var tables = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["cmap"] = CharacterMap(withAllPlanes),
            ["glyf"] = [.. glyphs.SelectMany(g => g)],
            ["head"] = Head(),
            ["hhea"] = Words(1, 0, 900, -100, 0, 1000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2),
            ["hmtx"] = Words(300, 0, 600, 100, 100, 150, 0),
            ["loca"] = Words([0, .. glyphs.Select((_, i) => glyphs.Take(i + 1).Sum(g => g.Length) / 2)]),
            ["maxp"] = Words(1, 0, 5, 8, 1, 8, 2, 1, 0, 0, 0, 0, 0, 0, 2, 2),
        };

        if (embeddingRights is { } rights)
        {
            tables["OS/2"] = Words(1, 0, 0, 0, rights);
        }

        var file = new MemoryStream();
        file.Write(Words(1, 0, tables.Count, 0, 0, 0));
        int offset = 12 + (16 * tables.Count);
        foreach ((string tag, byte[] table) in tables)
        {
            file.Write(Encoding.ASCII.GetBytes(tag));
            file.Write([0, 0, 0, 0, .. BigEndian(offset), .. BigEndian(table.Length)]);
            offset += table.Length;
        }

        foreach (byte[] table in tables.Values)
        {
            file.Write(table);
        }

        return file.ToArray();
    }

    // unitsPerEm at 18, the box from 36 to 44, indexToLocFormat (0: short) at 50.
    private static byte[] Head()
    {
        byte[] head = new byte[54];
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(18), 1000);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(40), 1000);
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(42), 1000);
        return head;
    }

    private static byte[] SquareGlyph() =>
    [
        .. Words(1, 0, 0, 500, 500, 3, 0),
        0x01, 0x01, 0x01, 0x01,
        .. Words(100, 400, 0, -400), // x
        .. Words(0, 0, 500, 0), // y
    ];

    // Four points, all off the curve: the on-curve ones lie half-way between them.
    private static byte[] RingGlyph() =>
    [
        .. Words(1, 0, 0, 400, 400, 3, 0),
        0x00 | 0x08, 3, // one flag, repeated three times
        .. Words(0, 400, 0, -400),
        .. Words(0, 0, 400, 0),
    ];

    private static byte[] BothGlyph() =>
    [
        .. Words(-1, 0, 0, 1000, 1000),
        .. Words(0x0001 | 0x0002 | 0x0020, Square, 0, 0),
        .. Words(0x0002 | 0x0008, Ring), 10, 0xF6, .. Words(0x2000), // offset (10, −10), scale ½
    ];

    private static byte[] EndlessGlyph() => [.. Words(-1, 0, 0, 1000, 1000), .. Words(0x0001 | 0x0002, Endless, 0, 0)];

    private static byte[] CharacterMap(bool withAllPlanes)
    {
        byte[] bmp =
        [
            .. Words(4, 40, 0, 6, 4, 1, 2),
            .. Words('C', 'Z', 0xFFFF), 0, 0, .. Words('A', 'Z', 0xFFFF), .. Words(Square - 'A', Endless - 'Z', 1), .. Words(0, 0, 0),
        ];
        if (!withAllPlanes)
        {
            return [.. Words(0, 1), .. Words(3, 1), .. BigEndian(12), .. bmp];
        }

        byte[] all = [.. Words(12, 0), .. BigEndian(40), .. BigEndian(0), .. BigEndian(3), .. Group('A', 'C', Square), .. Group('Z', 'Z', Endless), .. Group(0x20BB7, 0x20BB7, Ring)];
        return [.. Words(0, 2), .. Words(3, 1), .. BigEndian(20), .. Words(3, 10), .. BigEndian(20 + bmp.Length), .. bmp, .. all];
    }

    private static byte[] Group(int first, int last, int glyph) => [.. BigEndian(first), .. BigEndian(last), .. BigEndian(glyph)];

    private static byte[] Words(params ReadOnlySpan<int> values)
    {
        byte[] bytes = new byte[values.Length * 2];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), unchecked((ushort)values[i]));
        }

        return bytes;
    }

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
