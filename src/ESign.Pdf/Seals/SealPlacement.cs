using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Seals;

/// <summary>Where a seal goes: at coordinates, at a keyword, into a form field, or in strips across pages.</summary>
/// <remarks>
/// Coordinates are what a person sees: origin at the top-left corner of the displayed page, x to the right, y down, in
/// points; the point given is the control's top-left corner. A seal is scaled to fit its control, its ratio kept, and
/// centred. Without a size a control is 119 × 119 for a seal, 119 × 43 for a signature, 119 × 20 for a date.
/// </remarks>
public abstract record SealPlacement
{
    private protected SealPlacement()
    {
    }

    /// <summary>
    /// Whether the control takes the seal's physical size (its millimetres, whatever the page's <c>/UserUnit</c>) instead
    /// of a size in points. A keyword control is then placed by that size; a given width and height are not used.
    /// </summary>
    public bool UsePhysicalSize { get; init; }

    /// <summary>Whether the control may cover a signature that is already there.</summary>
    public bool AllowOverlap { get; init; }

    /// <summary>At a point of one page.</summary>
    /// <param name="page">The page, from 1 or negative from the end.</param>
    /// <param name="x">The control's left edge.</param>
    /// <param name="y">The control's top edge.</param>
    /// <param name="width">The control's width; by default that of its kind.</param>
    /// <param name="height">The control's height; by default that of its kind.</param>
    /// <returns>The placement.</returns>
    public static SealPlacement At(int page, double x, double y, double? width = null, double? height = null) =>
        new PointPlacement(PageSelection.Of(page), x, y, width, height);

    /// <summary>At the same point of several pages, such as every page of a tender.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="x">The control's left edge.</param>
    /// <param name="y">The control's top edge.</param>
    /// <param name="width">The control's width; by default that of its kind.</param>
    /// <param name="height">The control's height; by default that of its kind.</param>
    /// <returns>The placement.</returns>
    public static SealPlacement OnPages(PageSelection pages, double x, double y, double? width = null, double? height = null)
    {
        ArgumentNullException.ThrowIfNull(pages);
        return new PointPlacement(pages, x, y, width, height);
    }

    /// <summary>Beside or on a text of the document.</summary>
    /// <param name="keyword">The text; <c>^text^</c> finds it only as a whole word, with no other characters around it.</param>
    /// <param name="match">Which occurrences; the first by default.</param>
    /// <param name="relative">Where the control stands relative to the text.</param>
    /// <param name="dx">Points to move to the right (negative: left) afterwards.</param>
    /// <param name="dy">Points to move down (negative: up) afterwards.</param>
    /// <param name="width">The control's width; by default that of its kind.</param>
    /// <param name="height">The control's height; by default that of its kind.</param>
    /// <returns>The placement.</returns>
    public static SealPlacement AtKeyword(
        string keyword, KeywordMatch? match = null, Relative relative = Relative.Middle, double dx = 0, double dy = 0, double? width = null, double? height = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(keyword);
        return new KeywordPlacement(keyword, match ?? KeywordMatch.First, relative, dx, dy, width, height);
    }

    /// <summary>Into an existing form field, in the size of its widget.</summary>
    /// <param name="name">The fully qualified field name.</param>
    /// <returns>The placement.</returns>
    public static SealPlacement InField(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new FieldPlacement(name);
    }

    /// <summary>
    /// 骑缝章: cut into strips along one edge, a strip a page, so that the fanned pages show the whole seal. The first page
    /// carries the leftmost (right and left edge) or topmost (top and bottom edge) strip.
    /// </summary>
    /// <param name="edge">The edge of the displayed page.</param>
    /// <param name="pages">The pages, at least two; all by default.</param>
    /// <param name="position">The distance of the seal from the top (right and left edge) or left side (top and bottom edge) of each page; centred by default.</param>
    /// <param name="offset">The distance of the strips from the edge.</param>
    /// <param name="width">The width of the whole seal; 119 by default.</param>
    /// <param name="height">The height of the whole seal; 119 by default.</param>
    /// <param name="pagesPerSeal">
    /// The most pages one seal spreads over; beyond them it starts again, and a single page left over joins the group
    /// before it. All pages share one seal by default.
    /// </param>
    /// <returns>The placement.</returns>
    public static SealPlacement AcrossPages(
        PageEdge edge = PageEdge.Right, PageSelection? pages = null, double? position = null, double offset = 0, double? width = null, double? height = null, int? pagesPerSeal = null)
    {
        if (pagesPerSeal is < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(pagesPerSeal), pagesPerSeal, "每枚骑缝章至少跨两页 / One cross-page seal spreads over at least two pages.");
        }

        return new CrossPagePlacement(edge, pages ?? PageSelection.All, position, offset, width, height, pagesPerSeal);
    }
}
