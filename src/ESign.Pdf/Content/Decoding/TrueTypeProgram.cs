using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The character map of an embedded TrueType font read backwards: glyph index to Unicode.</summary>
/// <remarks>OpenType 1.9 <c>cmap</c> formats 0, 4, 6 and 12, <c>post</c> format 2; ISO 32000-2 §9.6.5.4 for symbolic fonts.</remarks>
internal sealed class TrueTypeProgram : FontProgram
{
    private const int MaxTables = 64;
    private const int MaxSubtables = 64;

    /// <summary>Glyph indexes have 16 bits.</summary>
    private const int MaxGlyphs = 65_536;

    private readonly FontBytes _bytes;
    private readonly Dictionary<int, int> _unicodeOfGlyph = [];
    private readonly Dictionary<int, int> _glyphOfCode = [];
    private readonly Dictionary<int, string> _nameOfGlyph = [];

    private TrueTypeProgram(FontBytes bytes) => _bytes = bytes;

    public static TrueTypeProgram Read(ReadOnlyMemory<byte> program)
    {
        var font = new TrueTypeProgram(new FontBytes(program));
        font.ReadCharacterMap();
        font.ReadGlyphNames();
        return font;
    }

    public override string? TextOfGlyph(int glyph) =>
        _unicodeOfGlyph.TryGetValue(glyph, out int value) && Rune.TryCreate(value, out Rune rune) ? rune.ToString()
        : _nameOfGlyph.TryGetValue(glyph, out string? name) ? GlyphNames.ToText(name)
        : null;

    public override string? TextOfCode(byte code) => _glyphOfCode.TryGetValue(code, out int glyph) ? TextOfGlyph(glyph) : null;

    private (long Offset, long Length) FindTable(string tag)
    {
        int count = Math.Min(_bytes.U16(4), MaxTables);
        for (int i = 0; i < count; i++)
        {
            long record = 12 + (16L * i);
            if (_bytes.Slice(record, 4).SequenceEqual(Encoding.ASCII.GetBytes(tag)))
            {
                return (_bytes.U32(record + 8), _bytes.U32(record + 12));
            }
        }

        return (0, 0);
    }

    private void ReadCharacterMap()
    {
        (long cmap, _) = FindTable("cmap");
        int count = cmap == 0 ? 0 : Math.Min(_bytes.U16(cmap + 2), MaxSubtables);
        for (int i = 0; i < count; i++)
        {
            long record = cmap + 4 + (8L * i);
            int platform = _bytes.U16(record);
            int encoding = _bytes.U16(record + 2);
            bool isUnicode = platform == 0 || (platform == 3 && encoding is 1 or 10);
            bool isByte = platform == 1 || (platform == 3 && encoding == 0);
            if (isUnicode || isByte)
            {
                ReadSubtable(cmap + _bytes.U32(record + 4), isByte);
            }
        }
    }

    private void ReadSubtable(long at, bool isByte)
    {
        switch (_bytes.U16(at))
        {
            case 0:
                for (int code = 0; code < 256; code++)
                {
                    Map(code, _bytes.U8(at + 6 + code), isByte);
                }

                break;
            case 4:
                ReadSegments(at, isByte);
                break;
            case 6:
                int first = _bytes.U16(at + 6);
                int entries = _bytes.U16(at + 8);
                for (int i = 0; i < entries; i++)
                {
                    Map(first + i, _bytes.U16(at + 10 + (2L * i)), isByte);
                }

                break;
            case 12:
                ReadGroups(at, isByte);
                break;
        }
    }

    private void ReadSegments(long at, bool isByte)
    {
        int budget = MaxGlyphs * 2;
        int segments = _bytes.U16(at + 6) / 2;
        long ends = at + 14;
        long starts = ends + (2L * segments) + 2;
        long deltas = starts + (2L * segments);
        long offsets = deltas + (2L * segments);
        for (int i = 0; i < segments; i++)
        {
            int start = _bytes.U16(starts + (2L * i));
            int end = _bytes.U16(ends + (2L * i));
            int delta = _bytes.U16(deltas + (2L * i));
            int offset = _bytes.U16(offsets + (2L * i));
            for (int code = start; code <= end && code != 0xFFFF && budget-- > 0; code++)
            {
                int glyph = offset == 0 ? code : _bytes.U16(offsets + (2L * i) + offset + (2L * (code - start)));
                Map(code, offset != 0 && glyph == 0 ? 0 : (glyph + delta) & 0xFFFF, isByte);
            }
        }
    }

    private void ReadGroups(long at, bool isByte)
    {
        int budget = MaxGlyphs * 2;
        long groups = Math.Min(_bytes.U32(at + 12), MaxGlyphs);
        for (long i = 0; i < groups; i++)
        {
            long group = at + 16 + (12 * i);
            long start = _bytes.U32(group);
            long end = Math.Min(_bytes.U32(group + 4), 0x10FFFF);
            long glyph = _bytes.U32(group + 8);
            for (long code = start; code <= end && budget-- > 0; code++)
            {
                Map((int)code, (int)Math.Min(glyph + code - start, MaxGlyphs), isByte);
            }
        }
    }

    private void Map(int code, int glyph, bool isByte)
    {
        if (glyph is <= 0 or >= MaxGlyphs)
        {
            return;
        }

        if (isByte)
        {
            // Symbolic fonts put their codes at U+F000 in a (3, 0) table.
            _glyphOfCode.TryAdd(code & 0xFF, glyph);
        }
        else
        {
            _unicodeOfGlyph.TryAdd(glyph, code);
        }
    }

    private void ReadGlyphNames()
    {
        (long post, long length) = FindTable("post");
        if (post == 0 || _bytes.U32(post) != 0x00020000)
        {
            return;
        }

        const int MacintoshNames = 258;
        int count = _bytes.U16(post + 32);
        var names = new List<string>();
        for (long at = post + 34 + (2L * count); at < post + length && at < _bytes.Length && names.Count < MaxGlyphs;)
        {
            int size = _bytes.U8(at);
            names.Add(Encoding.Latin1.GetString(_bytes.Slice(at + 1, size)));
            at += 1 + size;
        }

        for (int glyph = 0; glyph < count; glyph++)
        {
            int index = _bytes.U16(post + 34 + (2L * glyph)) - MacintoshNames;
            if (index >= 0 && index < names.Count)
            {
                _nameOfGlyph[glyph] = names[index];
            }
        }
    }
}
