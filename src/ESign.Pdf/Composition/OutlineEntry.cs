namespace ESign.Pdf.Composition;

/// <summary>A bookmark: where a heading stands.</summary>
/// <param name="Level">1 for the outermost.</param>
/// <param name="Title">The heading.</param>
/// <param name="Page">The page, from 0.</param>
/// <param name="Y">The heading's top, from the page's top edge.</param>
internal readonly record struct OutlineEntry(int Level, string Title, int Page, double Y);
