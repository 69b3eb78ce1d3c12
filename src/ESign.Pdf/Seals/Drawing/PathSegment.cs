namespace ESign.Pdf.Seals.Drawing;

/// <summary>What a path segment does with its points.</summary>
internal enum PathVerb
{
    Move,
    Line,
    Curve,
    Close,
}

/// <summary>One step of a path; a curve uses all three points, a move or line only <see cref="End"/>.</summary>
internal sealed record PathSegment(PathVerb Verb, PdfPoint Control1, PdfPoint Control2, PdfPoint End);
