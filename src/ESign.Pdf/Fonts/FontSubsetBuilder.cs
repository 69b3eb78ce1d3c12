using System.Buffers.Binary;
using System.Text;

namespace ESign.Pdf.Fonts;

/// <summary>Turns text into the byte codes of a font subset that grows with it; <see cref="Build"/> ends in what a PDF embeds.</summary>
/// <remarks>
/// Codes are two bytes, numbered from 1 in the order characters are first used, one for each character (not each glyph), so
/// that the way back to text is exact. Not thread-safe; what it builds is. The same texts give the same bytes.
/// </remarks>
internal sealed class FontSubsetBuilder
{
    private const int MaximumCodes = 65_000;

    private readonly List<SubsetCharacter> _characters = [];
    private readonly Dictionary<int, int> _codes = [];
    private readonly int? _replacement;
    private EmbeddedFont? _built;

    /// <param name="font">The font to take glyphs from.</param>
    /// <param name="replacement">The character shown for those the font lacks; without it they are an error.</param>
    public FontSubsetBuilder(TrueTypeFont font, Rune? replacement = null)
    {
        if (!font.IsEmbeddable)
        {
            throw FontTable.Error($"the maker of {font.Name} forbids embedding it");
        }

        Font = font;
        _replacement = replacement?.Value;
    }

    public TrueTypeFont Font { get; }

    /// <summary>The width of a text in one line, in the unit of <paramref name="size"/>.</summary>
    /// <exception cref="MissingGlyphException">A character has no glyph and no replacement was given.</exception>
    public double Measure(string text, double size)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += IgnorableCharacters.Contains(rune.Value) ? 0 : Font.Advance(Glyph(rune.Value));
        }

        return width * size;
    }

    /// <summary>The codes of a text, as the bytes of a string for <c>Tj</c>.</summary>
    /// <exception cref="MissingGlyphException">A character has no glyph and no replacement was given.</exception>
    public byte[] Encode(string text) => Encode(text, isNarrow: false);

    /// <summary>
    /// The codes of characters set half as wide, for full-width punctuation whose right half is empty. A kern would look the
    /// same, but programs that extract text take such a step back for a new line.
    /// </summary>
    /// <exception cref="MissingGlyphException">A character has no glyph and no replacement was given.</exception>
    public byte[] EncodeNarrow(string text) => Encode(text, isNarrow: true);

    /// <summary>The subset with all characters encoded so far; the same instance until a new one is used.</summary>
    public EmbeddedFont Build() => _built ??= new EmbeddedFont(Font, _characters);

    private byte[] Encode(string text, bool isNarrow)
    {
        byte[] codes = new byte[text.Length * 2];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int codePoint = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                codePoint = char.ConvertToUtf32(text[i], text[++i]);
            }

            if (!IgnorableCharacters.Contains(codePoint))
            {
                BinaryPrimitives.WriteUInt16BigEndian(codes.AsSpan(length), (ushort)Code(codePoint, isNarrow));
                length += 2;
            }
        }

        return codes[..length];
    }

    private int Code(int codePoint, bool isNarrow)
    {
        if (_codes.TryGetValue(KeyOf(codePoint, isNarrow), out int known))
        {
            return known;
        }

        if (_characters.Count == MaximumCodes)
        {
            throw FontTable.Error($"more than {MaximumCodes} different characters in one font");
        }

        // A letter drawn without its mark is still found and copied with it.
        int shown = Shown(codePoint);
        int meant = shown == _replacement ? shown : codePoint;
        if (!_codes.TryGetValue(KeyOf(meant, isNarrow), out int code))
        {
            int glyph = Glyph(codePoint);
            ushort advance = Font.AdvanceUnits(glyph);
            _characters.Add(new SubsetCharacter(meant, glyph, isNarrow ? (ushort)(advance / 2) : advance));
            code = _characters.Count;
            _codes[KeyOf(meant, isNarrow)] = code;
            _built = null;
        }

        _codes[KeyOf(codePoint, isNarrow)] = code;
        return code;
    }

    /// <summary>What is drawn for a character: itself, or where replacing is allowed the bare letter, or the replacement.</summary>
    private int Shown(int codePoint) => Font.Contains(codePoint) || _replacement is not { } replacement ? codePoint
        : BareLetters.Of(codePoint) is { } letter && Font.Contains(letter) ? letter
        : replacement;

    private int Glyph(int codePoint)
    {
        int glyph = Font.GlyphIndex(Shown(codePoint));
        return glyph != 0 ? glyph : throw new MissingGlyphException(codePoint, Font.Name);
    }

    /// <summary>A character and whether it is set in half its width.</summary>
    private static int KeyOf(int codePoint, bool isNarrow) => (codePoint << 1) | (isNarrow ? 1 : 0);
}
