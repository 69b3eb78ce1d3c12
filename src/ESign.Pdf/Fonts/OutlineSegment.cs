namespace ESign.Pdf.Fonts;

/// <summary>One step of a path, with the meaning of the PDF operators m, l, c and h; unused points are (0, 0).</summary>
/// <param name="Verb">What to do.</param>
/// <param name="P1">Where a move or line goes, or a curve's first control point.</param>
/// <param name="P2">A curve's second control point.</param>
/// <param name="P3">Where a curve ends.</param>
internal sealed record OutlineSegment(OutlineVerb Verb, PdfPoint P1, PdfPoint P2, PdfPoint P3);
