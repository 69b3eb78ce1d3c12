using ESign.Pdf.Document;

namespace ESign.Pdf.Seals.Placing;

/// <summary>
/// Cuts a seal into strips along an edge of the displayed pages (骑缝章). The pages of a group, fanned in order, show the
/// whole seal; each strip's form only opens a window onto the one shared form of the seal.
/// </summary>
/// <remarks>
/// A strip is as wide as the seal divided by the pages of its group and lies against its page's edge, whatever that
/// page's size and rotation. A single page is refused: a whole seal at the edge would be an ordinary seal.
/// </remarks>
internal static class CrossPageSlicer
{
    private const double DefaultSide = 119;

    /// <summary>The strips in page order; whether they lie within their pages is for the caller to check.</summary>
    public static IEnumerable<ResolvedPlacement> Slice(Appearance seal, CrossPagePlacement placement, bool physicalSize, IPlacementPages pages)
    {
        IReadOnlyList<int> selected = placement.Pages.Resolve(pages.PageCount);
        if (selected.Count < 2)
        {
            throw SealPlacementException.TooFewPages(selected.Count);
        }

        double width = placement.Width ?? DefaultSide;
        double height = placement.Height ?? DefaultSide;
        if (!(width > 0 && height > 0 && double.IsFinite(width) && double.IsFinite(height)))
        {
            throw SealPlacementException.InvalidSize(width, height);
        }

        double fit = Math.Min(width / seal.Width, height / seal.Height);
        return Groups(selected.Count, placement.PagesPerSeal).SelectMany(group => Enumerable.Range(0, group.Count).Select(i =>
        {
            int page = selected[group.First + i];
            PageGeometry geometry = pages.GetGeometry(page);
            return Strip(seal, physicalSize ? 1 / geometry.UserUnit : fit, placement, page, geometry, i, group.Count);
        }));
    }

    /// <summary>The first index and number of pages of each seal; a remainder of one page joins the group before it.</summary>
    internal static IReadOnlyList<(int First, int Count)> Groups(int pages, int? limit)
    {
        int size = limit ?? pages;
        var groups = new List<(int First, int Count)>();
        for (int first = 0; first < pages; first += size)
        {
            groups.Add((first, Math.Min(size, pages - first)));
        }

        if (groups.Count > 1 && groups[^1].Count == 1)
        {
            groups.RemoveAt(groups.Count - 1);
            groups[^1] = (groups[^1].First, groups[^1].Count + 1);
        }

        return groups;
    }

    private static ResolvedPlacement Strip(Appearance seal, double scale, CrossPagePlacement placement, int page, PageGeometry geometry, int index, int count)
    {
        double width = seal.Width * scale;
        double height = seal.Height * scale;
        bool upright = placement.Edge is PageEdge.Left or PageEdge.Right;

        // In the seal: y up, so the topmost strip is the one with the highest window.
        PdfRectangle window = upright
            ? new PdfRectangle(width * index / count, 0, width * (index + 1) / count, height)
            : new PdfRectangle(0, height * (count - 1 - index) / count, width, height * (count - index) / count);
        double along = upright
            ? placement.Position ?? ((geometry.DisplayedHeight - height) / 2)
            : placement.Position ?? ((geometry.DisplayedWidth - width) / 2);
        (double x, double y) = placement.Edge switch
        {
            PageEdge.Left => (placement.Offset, along),
            PageEdge.Top => (along, placement.Offset),
            PageEdge.Bottom => (along, geometry.DisplayedHeight - placement.Offset - window.Height),
            _ => (geometry.DisplayedWidth - placement.Offset - window.Width, along),
        };
        var displayed = new DisplayedRectangle(x, y, window.Width, window.Height);
        return new ResolvedPlacement(page, displayed, geometry, new StripAppearance(seal, scale, window));
    }
}
