namespace ESign.Pdf.Content;

/// <summary>A character where it stands on the page, in user space.</summary>
/// <param name="Text">The original text; perhaps several characters (a ligature), perhaps none.</param>
/// <param name="Origin">Where the glyph begins on the baseline (horizontal), or the middle of its top edge (vertical writing).</param>
/// <param name="Direction">The unit vector of the writing direction.</param>
/// <param name="Across">The vector of one em across the writing direction: up when horizontal, right when vertical.</param>
/// <param name="Length">The extent along the writing direction.</param>
/// <param name="Pen">How far the pen moves, spacing included.</param>
/// <param name="Low">The lower edge of the box as a multiple of <paramref name="Across"/>.</param>
/// <param name="High">The upper edge of the box as a multiple of <paramref name="Across"/>.</param>
/// <param name="IsVertical">Whether the font writes from top to bottom.</param>
internal readonly record struct PlacedGlyph(
    string Text, PdfPoint Origin, PdfPoint Direction, PdfPoint Across, double Length, double Pen, double Low, double High, bool IsVertical)
{
    /// <summary>The size of an em across the writing direction.</summary>
    public double Em => Math.Sqrt((Across.X * Across.X) + (Across.Y * Across.Y));

    public bool IsBlank
    {
        get
        {
            foreach (char character in Text)
            {
                if (!CharacterFolding.IsSpace(character))
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The box of a part of the glyph, given as fractions of its length.</summary>
    public PdfRectangle Box(double from, double to)
    {
        double startX = Origin.X + (Direction.X * Length * from);
        double startY = Origin.Y + (Direction.Y * Length * from);
        double endX = Origin.X + (Direction.X * Length * to);
        double endY = Origin.Y + (Direction.Y * Length * to);
        (double left, double right) = Range(startX, endX, Across.X);
        (double bottom, double top) = Range(startY, endY, Across.Y);
        return new PdfRectangle(left, bottom, right, top);
    }

    private (double Low, double High) Range(double start, double end, double across)
    {
        double low = Math.Min(Low * across, High * across);
        double high = Math.Max(Low * across, High * across);
        return (Math.Min(start, end) + low, Math.Max(start, end) + high);
    }
}
