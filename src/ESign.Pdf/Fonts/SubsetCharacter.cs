namespace ESign.Pdf.Fonts;

/// <summary>A character of a subset.</summary>
/// <param name="CodePoint">The character.</param>
/// <param name="Glyph">Its glyph in the original font.</param>
/// <param name="Advance">Its width in font units; less than the glyph's own for punctuation set narrow.</param>
internal sealed record SubsetCharacter(int CodePoint, int Glyph, ushort Advance);
