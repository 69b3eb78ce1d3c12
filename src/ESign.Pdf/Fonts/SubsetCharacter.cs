namespace ESign.Pdf.Fonts;

/// <summary>A character of a subset and its glyph in the original font.</summary>
internal readonly record struct SubsetCharacter(int CodePoint, int Glyph);
