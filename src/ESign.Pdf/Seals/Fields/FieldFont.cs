using System.Text;
using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals.Fields;

/// <summary>A font that a field's text is drawn in: the one its <c>/DA</c> names, or the bundled one, which is embedded.</summary>
internal sealed class FieldFont
{
    private readonly Dictionary<string, (byte Code, double Width)>? _own;
    private readonly FontSubsetBuilder? _bundled;

    private FieldFont(FontExtent extent, PdfObject? entry, Dictionary<string, (byte Code, double Width)>? own, FontSubsetBuilder? bundled)
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
        var codes = new Dictionary<string, (byte, double)>(StringComparer.Ordinal);
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            font.Read([(byte)code], out DecodedGlyph glyph);
            codes.TryAdd(glyph.Text, ((byte)code, glyph.Advance));
        }

        return new FieldFont(font.Extent, entry, codes, null);
    }

    /// <summary>Whether it has all characters of a text.</summary>
    public bool Has(string text) => _own is null
        ? text.EnumerateRunes().All(rune => IgnorableCharacters.Contains(rune.Value) || _bundled!.Font.Contains(rune.Value))
        : text.EnumerateRunes().All(rune => _own.ContainsKey(rune.ToString()));

    /// <summary>The width of a text, in em.</summary>
    public double Measure(string text) => _own is null ? _bundled!.Measure(text, 1) : text.EnumerateRunes().Sum(rune => _own[rune.ToString()].Width);

    /// <summary>The codes of a text, for <c>Tj</c>.</summary>
    public byte[] Encode(string text) => _own is null ? _bundled!.Encode(text) : [.. text.EnumerateRunes().Select(rune => _own[rune.ToString()].Code)];
}
