namespace ESign.Pdf.Document;

/// <summary>Where a page's visible part lies in user space, and how it is turned when it is shown.</summary>
/// <remarks>
/// ISO 32000-2 §14.11.2 (page boundaries) and §7.7.3.3 (<c>/Rotate</c>, <c>/UserUnit</c>). Displayed coordinates have
/// their origin at the top-left corner of the visible box after rotation, x to the right, y down, in units of the
/// page's default user space; <see cref="UserUnit"/> matters only to sizes given in physical units.
/// </remarks>
/// <param name="Box">The visible box in user space: the crop box clipped to the media box.</param>
/// <param name="Rotation">The clockwise rotation for display: 0, 90, 180 or 270.</param>
/// <param name="UserUnit">The size of one user space unit in 1/72 inch.</param>
public sealed record PageGeometry(PdfRectangle Box, int Rotation, double UserUnit)
{
    private static readonly PdfRectangle Letter = new(0, 0, 612, 792);

    /// <summary>The width of the page as shown.</summary>
    public double DisplayedWidth => IsTurned ? Box.Height : Box.Width;

    /// <summary>The height of the page as shown.</summary>
    public double DisplayedHeight => IsTurned ? Box.Width : Box.Height;

    private bool IsTurned => Rotation is 90 or 270;

    /// <summary>The geometry that a page's entries describe, tolerant of the values found in real files.</summary>
    /// <remarks>
    /// An empty media box becomes US Letter, an empty or disjoint crop box the media box, a rotation that is not a
    /// multiple of 90 none, and a user unit that is not positive and finite 1: what common readers show.
    /// </remarks>
    /// <param name="mediaBox">The (inherited) media box.</param>
    /// <param name="cropBox">The (inherited) crop box, if there is one.</param>
    /// <param name="rotate">The (inherited) <c>/Rotate</c>; any multiple of 90, negative ones too.</param>
    /// <param name="userUnit">The page's <c>/UserUnit</c>.</param>
    /// <returns>The geometry.</returns>
    public static PageGeometry Create(PdfRectangle mediaBox, PdfRectangle? cropBox, long rotate, double userUnit)
    {
        PdfRectangle media = IsUsable(mediaBox) ? mediaBox : Letter;
        PdfRectangle visible = cropBox is { } crop && IsUsable(crop) ? crop.Intersect(media) : media;
        int rotation = rotate % 90 == 0 ? (int)(((rotate % 360) + 360) % 360) : 0;
        return new PageGeometry(
            IsUsable(visible) ? visible : media,
            rotation,
            double.IsFinite(userUnit) && userUnit > 0 ? userUnit : 1);
    }

    /// <summary>The user space rectangle that a displayed rectangle covers.</summary>
    /// <param name="displayed">The rectangle as a person sees it.</param>
    /// <returns>The same area in user space, for a widget's <c>/Rect</c>.</returns>
    public PdfRectangle ToUserSpace(DisplayedRectangle displayed)
    {
        (double x, double y, double w, double h) = displayed;
        return Rotation switch
        {
            90 => Sized(Box.Left + y, Box.Bottom + x, h, w),
            180 => Sized(Box.Right - x - w, Box.Bottom + y, w, h),
            270 => Sized(Box.Right - y - h, Box.Top - x - w, h, w),
            _ => Sized(Box.Left + x, Box.Top - y - h, w, h),
        };
    }

    /// <summary>The displayed rectangle that a user space rectangle becomes.</summary>
    /// <param name="rectangle">The rectangle in user space.</param>
    /// <returns>The same area as a person sees it.</returns>
    public DisplayedRectangle ToDisplayed(PdfRectangle rectangle) => Rotation switch
    {
        90 => new DisplayedRectangle(rectangle.Bottom - Box.Bottom, rectangle.Left - Box.Left, rectangle.Height, rectangle.Width),
        180 => new DisplayedRectangle(Box.Right - rectangle.Right, rectangle.Bottom - Box.Bottom, rectangle.Width, rectangle.Height),
        270 => new DisplayedRectangle(Box.Top - rectangle.Top, Box.Right - rectangle.Right, rectangle.Height, rectangle.Width),
        _ => new DisplayedRectangle(rectangle.Left - Box.Left, Box.Top - rectangle.Top, rectangle.Width, rectangle.Height),
    };

    /// <summary>
    /// The <c>/Matrix</c> of an appearance stream whose <c>/BBox</c> is [0 0 w h], w and h as displayed, so that it
    /// stands upright on the displayed page (ISO 32000-2 §12.5.5).
    /// </summary>
    /// <param name="width">The displayed width.</param>
    /// <param name="height">The displayed height.</param>
    internal PdfMatrix AppearanceMatrix(double width, double height) => Rotation switch
    {
        90 => new PdfMatrix(0, 1, -1, 0, height, 0),
        180 => new PdfMatrix(-1, 0, 0, -1, width, height),
        270 => new PdfMatrix(0, -1, 1, 0, 0, width),
        _ => PdfMatrix.Identity,
    };

    /// <summary>
    /// The matrix that draws an upright [0 0 w h] appearance straight into the page content at a displayed rectangle.
    /// </summary>
    internal PdfMatrix ContentMatrix(DisplayedRectangle displayed)
    {
        PdfRectangle target = ToUserSpace(displayed);
        return AppearanceMatrix(displayed.Width, displayed.Height).Then(PdfMatrix.Translation(target.Left, target.Bottom));
    }

    private static PdfRectangle Sized(double left, double bottom, double width, double height) =>
        new(left, bottom, left + width, bottom + height);

    private static bool IsUsable(PdfRectangle box) =>
        box.Width > 0 && box.Height > 0 && double.IsFinite(box.Width) && double.IsFinite(box.Height);
}
