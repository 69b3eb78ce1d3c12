namespace ESign.Pdf.Content;

/// <summary>Glyphs drawn one after another along one line: a slice of the page's glyphs.</summary>
/// <param name="First">The index of its first glyph.</param>
/// <param name="Count">The number of its glyphs.</param>
/// <param name="Angle">The writing direction in whole degrees, 0 to 359.</param>
/// <param name="Baseline">The distance of its baseline from the origin, across the writing direction.</param>
/// <param name="Start">Where it begins along the writing direction.</param>
/// <param name="End">Where the pen stands after it, along the writing direction.</param>
/// <param name="Taken">Where the glyphs themselves end, if the pen went further.</param>
/// <param name="Em">The size of an em.</param>
internal readonly record struct TextRun(int First, int Count, int Angle, double Baseline, double Start, double End, double Taken, double Em);
