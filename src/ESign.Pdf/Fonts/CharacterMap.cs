namespace ESign.Pdf.Fonts;

/// <summary>A font's <c>cmap</c>: the best Unicode subtable, in format 4 (BMP) or 12 (all planes).</summary>
/// <remarks>
/// OpenType 1.9, cmap. Full-repertoire subtables (3,10) and (0,4+) go before BMP ones (3,1) and (0,0–3); a symbol
/// subtable (3,0) answers for U+F000–F0FF only. Lookups search the table's own bytes; nothing is copied.
/// </remarks>
internal sealed class CharacterMap
{
    private readonly FontTable _subtable;
    private readonly int _format;
    private readonly int _count;

    private CharacterMap(FontTable subtable, int format, int count)
    {
        _subtable = subtable;
        _format = format;
        _count = count;
    }

    public static CharacterMap Empty { get; } = new(default, 0, 0);

    public static CharacterMap Read(FontTable table)
    {
        CharacterMap best = Empty;
        int bestRank = 0;
        int count = table.U16(2);
        for (int i = 0; i < count && 4 + (8L * (i + 1)) <= table.Length; i++)
        {
            long record = 4 + (8L * i);
            int rank = Rank(table.U16(record), table.U16(record + 2));
            if (rank > bestRank && TryRead(table.From(table.U32(record + 4))) is { } map)
            {
                best = map;
                bestRank = rank;
            }
        }

        return best;
    }

    /// <summary>The glyph of a character, 0 when it is not mapped.</summary>
    public int GlyphIndex(int codePoint) => _format switch
    {
        4 when codePoint is >= 0 and <= 0xFFFF => SearchSegments(codePoint),
        12 when codePoint >= 0 => SearchGroups((uint)codePoint),
        _ => 0,
    };

    private static int Rank(int platform, int encoding) => (platform, encoding) switch
    {
        (3, 10) => 6,
        (0, 4 or 6) => 5,
        (3, 1) => 4,
        (0, <= 3) => 3,
        (3, 0) => 1,
        _ => 0,
    };

    private static CharacterMap? TryRead(FontTable subtable)
    {
        switch (subtable.U16(0))
        {
            case 4:
                int segments = subtable.U16(6) / 2;
                return 16 + (8L * segments) <= subtable.Length ? new CharacterMap(subtable, 4, segments) : null;
            case 12:
                uint groups = subtable.U32(12);
                return 16 + (12L * groups) <= subtable.Length ? new CharacterMap(subtable, 12, (int)groups) : null;
            default:
                return null;
        }
    }

    // Format 4: endCode[], reservedPad, startCode[], idDelta[], idRangeOffset[], glyphIdArray[].
    private int SearchSegments(int code)
    {
        int low = 0;
        int high = _count - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_subtable.U16(14 + (2L * middle)) < code)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low >= _count)
        {
            return 0;
        }

        long startCodes = 16 + (2L * _count);
        int start = _subtable.U16(startCodes + (2L * low));
        if (code < start || code > _subtable.U16(14 + (2L * low)))
        {
            return 0;
        }

        int delta = _subtable.U16(startCodes + (2L * (_count + low)));
        long rangeAt = startCodes + (2L * ((2L * _count) + low));
        int range = _subtable.U16(rangeAt);
        if (range == 0)
        {
            return (code + delta) & 0xFFFF;
        }

        long glyphAt = rangeAt + range + (2L * (code - start));
        int glyph = glyphAt + 2 <= _subtable.Length ? _subtable.U16(glyphAt) : 0;
        return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
    }

    // Format 12: groups of startCharCode, endCharCode, startGlyphID.
    private int SearchGroups(uint code)
    {
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            long group = 16 + (12L * middle);
            uint start = _subtable.U32(group);
            if (code < start)
            {
                high = middle - 1;
            }
            else if (code > _subtable.U32(group + 4))
            {
                low = middle + 1;
            }
            else
            {
                ulong glyph = (ulong)_subtable.U32(group + 8) + (code - start);
                return glyph <= ushort.MaxValue ? (int)glyph : 0;
            }
        }

        return 0;
    }
}
