namespace ESign.Pdf.Seals.Texts;

/// <summary>A piece of text: its baseline starts at the origin of a matrix, in the size given.</summary>
internal sealed record PositionedText(string Text, PdfMatrix Matrix, double Size);
