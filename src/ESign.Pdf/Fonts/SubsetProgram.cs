using System.Buffers.Binary;
using System.Text;

namespace ESign.Pdf.Fonts;

/// <summary>Writes a font file that holds some of another's glyphs, renumbered.</summary>
/// <remarks>
/// ISO 32000-2 §9.9: a TrueType program embedded for a CIDFontType2 needs glyf, head, hhea, hmtx, loca and maxp, with
/// cvt, fpgm and prep when its glyphs have instructions. Glyph 0 stays .notdef; then one glyph per character; then the
/// components of composites that no character brought.
/// </remarks>
internal sealed class SubsetProgram
{
    private readonly TrueTypeFont _font;
    private readonly IReadOnlyList<SubsetCharacter> _characters;
    private readonly List<int> _glyphs = [0];
    private readonly Dictionary<int, int> _newIndexes = new() { [0] = 0 };

    private SubsetProgram(TrueTypeFont font, IReadOnlyList<SubsetCharacter> characters)
    {
        _font = font;
        _characters = characters;
        foreach (SubsetCharacter character in characters)
        {
            _newIndexes.TryAdd(character.Glyph, _glyphs.Count);
            _glyphs.Add(character.Glyph);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="font">The font to take glyphs from.</param>
    /// <param name="characters">The characters, whose glyphs get the numbers from 1.</param>
    /// <param name="glyphCount">How many glyphs the file holds, .notdef and components included.</param>
    /// <returns>Its bytes.</returns>
    public static byte[] Write(TrueTypeFont font, IReadOnlyList<SubsetCharacter> characters, out int glyphCount)
    {
        var program = new SubsetProgram(font, characters);
        byte[] file = program.Write();
        glyphCount = program._glyphs.Count;
        return file;
    }

    private byte[] Write()
    {
        (byte[] glyf, byte[] loca) = WriteGlyphs();
        byte[] hhea = _font.Required("hhea").Span(0, 36).ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)_glyphs.Count);
        byte[] maxp = _font.Required("maxp").Bytes.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)_glyphs.Count);
        byte[] head = _font.Required("head").Span(0, 54).ToArray();
        head.AsSpan(8, 4).Clear(); // checkSumAdjustment, set at the end
        BinaryPrimitives.WriteInt16BigEndian(head.AsSpan(50), (short)(IsShort(glyf.Length) ? 0 : 1)); // indexToLocFormat

        // In the order of their tags, as the directory must be.
        return WriteFile(
        [
            .. Copied("cvt "),
            .. Copied("fpgm"),
            new Table("glyf", glyf),
            new Table("head", head),
            new Table("hhea", hhea),
            new Table("hmtx", WriteMetrics()),
            new Table("loca", loca),
            new Table("maxp", maxp),
            .. Copied("prep"),
        ]);
    }

    private Table[] Copied(string tag) => _font.Table(tag) is { } program ? [new Table(tag, program.Bytes)] : [];

    private (byte[] Glyf, byte[] Loca) WriteGlyphs()
    {
        var glyf = new MemoryStream();
        var offsets = new List<uint>(_glyphs.Count + 1);
        for (int i = 0; i < _glyphs.Count; i++) // grows while composites bring their components
        {
            offsets.Add((uint)glyf.Length);
            if (i == 0)
            {
                continue; // .notdef: no code leads to it, so it needs no shape
            }

            FontTable description = _font.Glyphs.Glyph(_glyphs[i]);
            byte[] bytes = description.Bytes.ToArray();
            foreach (GlyphComponent component in GlyphTable.Components(description))
            {
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan((int)component.IndexOffset), (ushort)NewIndex(component.Glyph));
            }

            glyf.Write(bytes);
            glyf.SetLength((glyf.Length + 1) & ~1L);
            glyf.Position = glyf.Length;
        }

        offsets.Add((uint)glyf.Length);
        bool isShort = IsShort(glyf.Length);
        byte[] loca = new byte[offsets.Count * (isShort ? 2 : 4)];
        for (int i = 0; i < offsets.Count; i++)
        {
            if (isShort)
            {
                BinaryPrimitives.WriteUInt16BigEndian(loca.AsSpan(i * 2), (ushort)(offsets[i] / 2));
            }
            else
            {
                BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(i * 4), offsets[i]);
            }
        }

        return (glyf.ToArray(), loca);
    }

    /// <summary>Short offsets count pairs of bytes.</summary>
    private static bool IsShort(long glyphBytes) => glyphBytes <= 2 * ushort.MaxValue;

    private int NewIndex(int glyph)
    {
        if (_newIndexes.TryGetValue(glyph, out int index))
        {
            return index;
        }

        if (_glyphs.Count == ushort.MaxValue)
        {
            throw FontTable.Error("the components of the glyphs used are more than a font can hold");
        }

        index = _glyphs.Count;
        _newIndexes.Add(glyph, index);
        _glyphs.Add(glyph);
        return index;
    }

    private byte[] WriteMetrics()
    {
        byte[] metrics = new byte[_glyphs.Count * 4];
        for (int i = 0; i < _glyphs.Count; i++)
        {
            bool isCharacter = i > 0 && i <= _characters.Count;
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(i * 4), isCharacter ? _characters[i - 1].Advance : _font.AdvanceUnits(_glyphs[i]));
            BinaryPrimitives.WriteInt16BigEndian(metrics.AsSpan((i * 4) + 2), _font.LeftSideBearingUnits(_glyphs[i]));
        }

        return metrics;
    }

    // The table directory: searchRange, entrySelector and rangeShift are the powers of two OpenType 1.9 asks for.
    private static byte[] WriteFile(Table[] tables)
    {
        int headerLength = 12 + (16 * tables.Length);
        byte[] file = new byte[headerLength + tables.Sum(table => (table.Bytes.Length + 3) & ~3)];
        int entrySelector = int.Log2(tables.Length);
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Length);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 << entrySelector));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)entrySelector);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)((16 * tables.Length) - (16 << entrySelector)));

        int record = 12;
        int offset = headerLength;
        int headOffset = 0;
        foreach ((string tag, ReadOnlyMemory<byte> table) in tables)
        {
            table.Span.CopyTo(file.AsSpan(offset));
            int padded = (table.Length + 3) & ~3;
            Encoding.ASCII.GetBytes(tag, file.AsSpan(record));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(record + 4), Checksum(file.AsSpan(offset, padded)));
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(record + 8), (uint)offset);
            BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(record + 12), (uint)table.Length);
            headOffset = tag == "head" ? offset : headOffset;
            record += 16;
            offset += padded;
        }

        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(headOffset + 8), unchecked(0xB1B0AFBA - Checksum(file)));
        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 4)
        {
            sum = unchecked(sum + BinaryPrimitives.ReadUInt32BigEndian(bytes[i..]));
        }

        return sum;
    }

    private sealed record Table(string Tag, ReadOnlyMemory<byte> Bytes);
}
