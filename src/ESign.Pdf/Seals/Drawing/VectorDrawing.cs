namespace ESign.Pdf.Seals.Drawing;

/// <summary>A painted path: filled, or stroked with round caps and joins, or both (characters made bolder).</summary>
internal sealed record PaintedPath(VectorPath Path, SealColor Color, double StrokeWidth = 0, bool EvenOdd = false, bool IsFilled = true);

/// <summary>A drawing of given size in points, y up, from which both the PDF and the SVG form are made.</summary>
internal sealed record VectorDrawing(double Width, double Height, IReadOnlyList<PaintedPath> Paths)
{
    /// <summary>From 0 (invisible) to 1.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>What remains visible, by the even-odd rule; everything when there is none.</summary>
    public VectorPath? Clip { get; init; }

    /// <summary>What the drawing says, for readers who cannot see it.</summary>
    public string AlternateText { get; init; } = "";

    /// <summary>This drawing scaled to another size.</summary>
    public VectorDrawing Scale(double factor)
    {
        PdfMatrix matrix = PdfMatrix.Scaling(factor, factor);
        return this with
        {
            Width = Width * factor,
            Height = Height * factor,
            Paths = [.. Paths.Select(p => p with { Path = p.Path.Transform(matrix), StrokeWidth = p.StrokeWidth * factor })],
            Clip = Clip?.Transform(matrix),
        };
    }
}
