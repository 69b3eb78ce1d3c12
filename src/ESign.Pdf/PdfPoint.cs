namespace ESign.Pdf;

/// <summary>A point, in points (1/72 inch). Which axis system it is in is said where it is used.</summary>
/// <param name="X">The horizontal coordinate in points.</param>
/// <param name="Y">The vertical coordinate in points.</param>
internal readonly record struct PdfPoint(double X, double Y);
