namespace ESign.Pdf;

/// <summary>A rectangle as a person sees it: origin at the top-left of the displayed page, y down, in points.</summary>
/// <remarks>
/// The displayed page is the crop box (clipped to the media box) after <c>/Rotate</c>. This is the convention of
/// Chinese electronic-contract platforms: an A4 page is 595 × 842.
/// </remarks>
/// <param name="X">The left edge.</param>
/// <param name="Y">The top edge.</param>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
public readonly record struct DisplayedRectangle(double X, double Y, double Width, double Height)
{
    /// <summary>The right edge.</summary>
    public double Right => X + Width;

    /// <summary>The bottom edge.</summary>
    public double Bottom => Y + Height;
}
