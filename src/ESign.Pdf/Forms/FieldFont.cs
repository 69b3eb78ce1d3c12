using System.Text;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Forms;

/// <summary>A font that a field's text is drawn in: the one its <c>/DA</c> names, or the bundled one, which is embedded.</summary>
internal sealed class FieldFont
{
    private readonly Dictionary<Rune, (byte Code, double Width)>? _own;
    private readonly FontSubsetBuilder? _bundled;

    private FieldFont(FontExtent extent, PdfObject? entry, Dictionary<Rune, (byte Code, double Width)>? own, FontSubsetBuilder? bundled)
    {
        Extent = extent;
        Entry = entry;
        _own = own;
        _bundled = bundled;
    }

    /// <summary>How far its characters reach above and below the baseline, in em.</summary>
    public FontExtent Extent { get; }

    /// <summary>The form's font resource; null for the bundled font, which is written when all texts are known.</summary>
    public PdfObject? Entry { get; }

    /// <summary>The bundled font; drawing text with it adds to the subset.</summary>
    public static FieldFont Bundled(FontSubsetBuilder codes) => new(FontExtent.Default, null, null, codes);

    /// <summary>A simple font of the form by the characters its codes stand for.</summary>
    public static FieldFont Of(SimpleFont font, PdfObject entry)
    {
        var codes = new Dictionary<Rune, (byte, double)>();
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            font.Read([(byte)code], out DecodedGlyph glyph);
            if (Rune.TryGetRuneAt(glyph.Text, 0, out Rune rune) && rune.Utf16SequenceLength == glyph.Text.Length)
            {
                codes.TryAdd(rune, ((byte)code, glyph.Advance));
            }
        }

        return new FieldFont(font.Extent, entry, codes, null);
    }

    /// <summary>Whether it has all characters of a text.</summary>
    public bool Has(string text) => _own is null
        ? text.EnumerateRunes().All(rune => IgnorableCharacters.Contains(rune.Value) || _bundled!.Font.Contains(rune.Value))
        : text.EnumerateRunes().All(rune => _own.ContainsKey(rune));

    /// <summary>The width of a text, in em.</summary>
    public double Measure(string text)
    {
        double width = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            width += Measure(rune);
        }

        return width;
    }

    /// <summary>The width of a character, in em.</summary>
    public double Measure(Rune character) => _own is not null ? _own[character].Width
        : _bundled!.Font.Contains(character.Value) && !IgnorableCharacters.Contains(character.Value) ? _bundled.Font.Advance(_bundled.Font.GlyphIndex(character.Value))
        : _bundled.Measure(character.ToString(), 1);

    /// <summary>The codes of a text, for <c>Tj</c>.</summary>
    public byte[] Encode(string text) => _own is null ? _bundled!.Encode(text) : [.. text.EnumerateRunes().Select(rune => _own[rune].Code)];
}
