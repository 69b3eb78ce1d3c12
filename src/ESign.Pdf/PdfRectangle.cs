namespace ESign.Pdf;

/// <summary>A rectangle in PDF user space: origin bottom-left, y up, in points.</summary>
/// <remarks>ISO 32000-2 §7.9.5. Always normalised: left ≤ right and bottom ≤ top.</remarks>
public readonly record struct PdfRectangle
{
    /// <summary>Makes a rectangle from two opposite corners, in any order.</summary>
    /// <param name="x1">The x of one corner.</param>
    /// <param name="y1">The y of one corner.</param>
    /// <param name="x2">The x of the opposite corner.</param>
    /// <param name="y2">The y of the opposite corner.</param>
    public PdfRectangle(double x1, double y1, double x2, double y2)
    {
        Left = Math.Min(x1, x2);
        Bottom = Math.Min(y1, y2);
        Right = Math.Max(x1, x2);
        Top = Math.Max(y1, y2);
    }

    /// <summary>The smaller x.</summary>
    public double Left { get; }

    /// <summary>The smaller y.</summary>
    public double Bottom { get; }

    /// <summary>The larger x.</summary>
    public double Right { get; }

    /// <summary>The larger y.</summary>
    public double Top { get; }

    /// <summary>The width.</summary>
    public double Width => Right - Left;

    /// <summary>The height.</summary>
    public double Height => Top - Bottom;

    /// <summary>The part this rectangle shares with another; empty (zero width or height) when they are apart.</summary>
    /// <param name="other">The other rectangle.</param>
    /// <returns>The common part.</returns>
    public PdfRectangle Intersect(PdfRectangle other)
    {
        double left = Math.Max(Left, other.Left);
        double bottom = Math.Max(Bottom, other.Bottom);
        return new PdfRectangle(left, bottom, Math.Max(left, Math.Min(Right, other.Right)), Math.Max(bottom, Math.Min(Top, other.Top)));
    }
}
