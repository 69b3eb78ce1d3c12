using System.Globalization;

namespace ESign.Pdf.Fonts;

/// <summary>A text has a character the font cannot show. Nothing is drawn in its place; give another font or another character.</summary>
internal sealed class MissingGlyphException : ArgumentException
{
    /// <summary>Makes the error.</summary>
    /// <param name="codePoint">The Unicode code point without a glyph.</param>
    /// <param name="fontName">The font's name.</param>
    public MissingGlyphException(int codePoint, string fontName)
        : base(Describe(codePoint, fontName))
    {
        CodePoint = codePoint;
        FontName = fontName;
    }

    /// <summary>The Unicode code point without a glyph.</summary>
    public int CodePoint { get; }

    /// <summary>The name of the font that lacks it.</summary>
    public string FontName { get; }

    private static string Describe(int codePoint, string fontName)
    {
        string character = codePoint is >= 0xD800 and <= 0xDFFF or > 0x10FFFF or < 0x20 ? "" : char.ConvertFromUtf32(codePoint);
        return string.Create(CultureInfo.InvariantCulture, $"字体 {fontName} 中没有字符“{character}”(U+{codePoint:X4}) / The font {fontName} has no glyph for \"{character}\" (U+{codePoint:X4}).");
    }
}
