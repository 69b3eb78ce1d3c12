namespace ESign.Pdf.Content;

/// <summary>An occurrence on a page: its text as the page has it, and its box in user space.</summary>
internal readonly record struct GlyphSpan(string Text, PdfRectangle Box, bool IsVertical);
