namespace ESign.Pdf.Fonts;

/// <summary>Characters that ask for no glyph: joiners, variation selectors, the byte-order mark (Unicode, Default_Ignorable_Code_Point).</summary>
internal static class IgnorableCharacters
{
    public static bool Contains(int codePoint) =>
        codePoint is 0x00AD or (>= 0x200B and <= 0x200F) or 0x2060 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0100 and <= 0xE01EF);
}
