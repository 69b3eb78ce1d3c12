using System.Text;

namespace ESign.Pdf.Fonts;

/// <summary>A TrueType font program: characters to glyphs, widths, outlines and the metrics a PDF needs. Immutable.</summary>
/// <remarks>
/// OpenType 1.9, tables head, hhea, maxp, hmtx, cmap, loca, glyf, OS/2, name, post. Outlines in <c>CFF</c> are refused.
/// A font may come from anyone: all reading is bounded, and damage is a <see cref="PdfFormatException"/> with code
/// <see cref="PdfErrorCode.Font"/>.
/// </remarks>
internal sealed class TrueTypeFont
{
    /// <summary>OpenType fonts have a dozen or two tables; a directory with more is not read.</summary>
    private const int MaximumTables = 256;

    private const uint TrueTypeVersion = 0x00010000;
    private const uint AppleTrueTypeVersion = 0x74727565; // 'true'
    private const uint CollectionTag = 0x74746366; // 'ttcf'
    private const uint CompactFontTag = 0x4F54544F; // 'OTTO'

    private readonly Dictionary<string, FontTable> _tables;
    private readonly CharacterMap _characters;
    private readonly FontTable _horizontalMetrics;
    private readonly int _longMetrics;

    private TrueTypeFont(Dictionary<string, FontTable> tables)
    {
        _tables = tables;
        FontTable head = Required("head");
        UnitsPerEm = head.U16(18);
        if (UnitsPerEm is < 16 or > 16384)
        {
            throw FontTable.Error($"unitsPerEm is {UnitsPerEm}, allowed are 16 to 16384");
        }

        Bounds = new PdfRectangle(ToEm(head.I16(36)), ToEm(head.I16(38)), ToEm(head.I16(40)), ToEm(head.I16(42)));
        GlyphCount = Required("maxp").U16(4);
        FontTable hhea = Required("hhea");
        Ascent = ToEm(hhea.I16(4));
        Descent = ToEm(hhea.I16(6));
        _longMetrics = hhea.U16(34);
        _horizontalMetrics = Required("hmtx");
        if (GlyphCount == 0 || _longMetrics == 0 || _longMetrics > GlyphCount || _horizontalMetrics.Length < _longMetrics * 4)
        {
            throw FontTable.Error($"{GlyphCount} glyphs, {_longMetrics} metrics and a hmtx table of {_horizontalMetrics.Length} bytes do not agree");
        }

        CapHeight = Table("OS/2") is { Length: >= 90 } os2 && os2.U16(0) >= 2 ? ToEm(os2.I16(88)) : Ascent;
        IsEmbeddable = Table("OS/2") is not { Length: >= 10 } rights || (rights.U16(8) & 0x000F) != 0x0002;
        ItalicAngle = Table("post") is { Length: >= 8 } post ? (int)post.U32(4) / 65536.0 : 0;
        Name = FontName.PostScript(Table("name")) ?? "Font";
        _characters = Table("cmap") is { } cmap ? CharacterMap.Read(cmap) : CharacterMap.Empty;
        Glyphs = new GlyphTable(Required("glyf"), Required("loca"), head.I16(50) != 0, GlyphCount);
    }

    /// <summary>Font units to the em square's side.</summary>
    public int UnitsPerEm { get; }

    public int GlyphCount { get; }

    /// <summary>The PostScript name, reduced to characters a PDF name needs no escape for.</summary>
    public string Name { get; }

    /// <summary>The box around all glyphs, in em.</summary>
    public PdfRectangle Bounds { get; }

    /// <summary>The height above the baseline that lines need, in em.</summary>
    public double Ascent { get; }

    /// <summary>The depth below the baseline, in em; negative.</summary>
    public double Descent { get; }

    /// <summary>The height of a capital letter, in em.</summary>
    public double CapHeight { get; }

    /// <summary>The slant in degrees, negative when leaning right.</summary>
    public double ItalicAngle { get; }

    /// <summary>False when the maker forbids embedding (OS/2 fsType "Restricted License embedding").</summary>
    public bool IsEmbeddable { get; }

    internal GlyphTable Glyphs { get; }

    /// <summary>Reads a TrueType file, or the first font of a collection.</summary>
    /// <exception cref="PdfFormatException">It is malformed, or has no TrueType outlines.</exception>
    public static TrueTypeFont Read(ReadOnlyMemory<byte> file)
    {
        var whole = new FontTable(file, "sfnt");
        long start = whole.U32(0) == CollectionTag ? whole.U32(12) : 0;
        uint version = whole.U32(start);
        if (version is not (TrueTypeVersion or AppleTrueTypeVersion))
        {
            throw FontTable.Error(version == CompactFontTag ? "the outlines are CFF; a TrueType font is needed" : $"not a TrueType font (version {version:X8})");
        }

        int count = whole.U16(start + 4);
        if (count > MaximumTables)
        {
            throw FontTable.Error($"{count} tables; at most {MaximumTables} are read");
        }

        var tables = new Dictionary<string, FontTable>(count, StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            long record = start + 12 + (16L * i);
            string tag = Encoding.Latin1.GetString(whole.Span(record, 4));
            tables[tag] = new FontTable(whole.Memory(whole.U32(record + 8), whole.U32(record + 12)), tag);
        }

        return new TrueTypeFont(tables);
    }

    /// <summary>The glyph of a character, or 0 (.notdef) when the font has none.</summary>
    public int GlyphIndex(int codePoint)
    {
        int glyph = _characters.GlyphIndex(codePoint);
        return glyph < GlyphCount ? glyph : 0;
    }

    public bool Contains(int codePoint) => GlyphIndex(codePoint) != 0;

    /// <summary>A glyph's advance width, in em.</summary>
    public double Advance(int glyph) => ToEm(AdvanceUnits(glyph));

    /// <summary>The outline of a character, in em units.</summary>
    /// <exception cref="MissingGlyphException">The font has no glyph for it.</exception>
    public GlyphOutline GetOutline(int codePoint)
    {
        int glyph = GlyphIndex(codePoint);
        return glyph == 0 ? throw new MissingGlyphException(codePoint, Name) : Glyphs.Outline(glyph, UnitsPerEm, Advance(glyph));
    }

    /// <summary>The width of a text set in one line, in the unit of <paramref name="size"/>; characters without a glyph count as .notdef.</summary>
    public double Measure(string text, double size)
    {
        long units = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            units += IgnorableCharacters.Contains(rune.Value) ? 0 : AdvanceUnits(GlyphIndex(rune.Value));
        }

        return units * size / UnitsPerEm;
    }

    internal ushort AdvanceUnits(int glyph) => _horizontalMetrics.U16(4L * Math.Min(glyph, _longMetrics - 1));

    internal short LeftSideBearingUnits(int glyph)
    {
        long offset = glyph < _longMetrics ? (4L * glyph) + 2 : (4L * _longMetrics) + (2L * (glyph - _longMetrics));
        return offset + 2 <= _horizontalMetrics.Length ? _horizontalMetrics.I16(offset) : (short)0;
    }

    internal FontTable? Table(string tag) => _tables.TryGetValue(tag, out FontTable table) ? table : null;

    internal FontTable Required(string tag) => Table(tag) ?? throw FontTable.Error($"the table '{tag}' is missing");

    private double ToEm(int units) => (double)units / UnitsPerEm;
}
