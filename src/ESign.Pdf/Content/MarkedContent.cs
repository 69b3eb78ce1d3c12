namespace ESign.Pdf.Content;

/// <summary>A marked-content sequence that is open: where its glyphs begin, and the text that stands for them, if given.</summary>
/// <remarks>ISO 32000-2 §14.6 and §14.9.4.</remarks>
internal readonly record struct MarkedContent(int FirstGlyph, string? ActualText);
