using ESign.Pdf.Document;

namespace ESign.Pdf.Seals.Placing;

/// <summary>Turns a placement into controls on pages, or refuses it with numbers before anything is written.</summary>
internal sealed class PlacementResolver(IPlacementPages pages)
{
    /// <summary>What rounding in a caller's arithmetic may add, in points: a thousandth of a pixel on a screen.</summary>
    private const double Tolerance = 0.005;

    /// <summary>The controls of a placed seal, in the order in which the placement names them.</summary>
    /// <returns>Empty only when a keyword is missing and that is allowed.</returns>
    /// <exception cref="SealPlacementException">It cannot go there.</exception>
    public IReadOnlyList<ResolvedPlacement> Resolve(PlacedSeal placed) => placed.Placement switch
    {
        PointPlacement point => [.. point.Pages.Resolve(pages.PageCount).Select(page => AtPoint(placed, point, page))],
        KeywordPlacement keyword => [.. Occurrences(keyword).Select(box => AtKeyword(placed, keyword, box))],
        WholePagePlacement whole => [.. whole.Pages.Resolve(pages.PageCount).Select(page => OverPage(placed, page))],
        FieldPlacement field => [InField(placed, field)],
        CrossPagePlacement cross => [.. CrossPageSlicer.Slice(placed.Seal.Appearance, cross, placed.Placement.UsePhysicalSize, pages).Select(Checked)],
        _ => throw new ArgumentException("unknown kind of placement", nameof(placed)),
    };

    /// <summary>Refuses controls that cover any of the given rectangles, unless the placement allows it.</summary>
    public void RefuseOverlap(PlacedSeal placed, IReadOnlyList<ResolvedPlacement> controls, IReadOnlyList<FieldPlace> existing)
    {
        if (placed.Placement.AllowOverlap)
        {
            return;
        }

        foreach (ResolvedPlacement control in controls)
        {
            foreach (FieldPlace other in existing)
            {
                PdfRectangle common = control.UserSpace.Intersect(other.Rectangle);
                if (other.Page == control.Page && control.FieldName is null && common.Width > Tolerance && common.Height > Tolerance)
                {
                    throw SealPlacementException.Overlap(control.Displayed, control.Geometry.ToDisplayed(other.Rectangle), control.Page, control.Rotation);
                }
            }
        }
    }

    private ResolvedPlacement AtPoint(PlacedSeal placed, PointPlacement point, int page)
    {
        PageGeometry geometry = pages.GetGeometry(page);
        ControlSize size = Size(placed, point.Width, point.Height, geometry);
        return Checked(new ResolvedPlacement(page, new DisplayedRectangle(point.X, point.Y, size.Width, size.Height), geometry, placed.Seal.Appearance));
    }

    private ResolvedPlacement OverPage(PlacedSeal placed, int page)
    {
        PageGeometry geometry = pages.GetGeometry(page);
        return new ResolvedPlacement(page, new DisplayedRectangle(0, 0, geometry.DisplayedWidth, geometry.DisplayedHeight), geometry, placed.Seal.Appearance);
    }

    private IEnumerable<KeywordBox> Occurrences(KeywordPlacement placement)
    {
        KeywordMatch match = placement.Match;
        int? page = match.Page is { } only ? PageSelection.ResolvePage(only, pages.PageCount) : null;
        IReadOnlyList<KeywordBox> found = pages.FindKeyword(placement.Text, placement.IsWholeWord, page);
        if (found.Count == 0)
        {
            return match.IgnoreMissing ? [] : throw SealPlacementException.KeywordNotFound(placement.Text);
        }

        if (match.Indexes is not { } indexes)
        {
            return match.IsReversed ? found.Reverse() : found;
        }

        int[] present = [.. indexes.Where(i => i < found.Count)];
        if (present.Length < indexes.Count && !match.IgnoreMissing)
        {
            throw SealPlacementException.OccurrenceNotFound(placement.Text, indexes.First(i => i >= found.Count), found.Count);
        }

        return present.Select(i => found[match.IsReversed ? found.Count - 1 - i : i]);
    }

    private ResolvedPlacement AtKeyword(PlacedSeal placed, KeywordPlacement placement, KeywordBox found)
    {
        PageGeometry geometry = pages.GetGeometry(found.Page);
        ControlSize size = Size(placed, placement.Width, placement.Height, geometry);
        DisplayedRectangle k = found.Box;
        double centreX = k.X + ((k.Width - size.Width) / 2);
        double centreY = k.Y + ((k.Height - size.Height) / 2);
        (double x, double y) = placement.Relative switch
        {
            Relative.Below => (centreX, k.Bottom),
            Relative.Right => (k.Right, centreY),
            Relative.LowerRight => (k.Right, k.Bottom),
            Relative.UpperRight => (k.Right, k.Y - size.Height),
            _ => (centreX, centreY),
        };
        var displayed = new DisplayedRectangle(x + placement.Dx, y + placement.Dy, size.Width, size.Height);
        return Checked(new ResolvedPlacement(found.Page, displayed, geometry, placed.Seal.Appearance));
    }

    private ResolvedPlacement InField(PlacedSeal placed, FieldPlacement placement)
    {
        FieldPlace place = pages.FindField(placement.Name) ?? throw SealPlacementException.FieldNotFound(placement.Name);
        PageGeometry geometry = pages.GetGeometry(place.Page);
        DisplayedRectangle displayed = geometry.ToDisplayed(place.Rectangle);
        return displayed.Width > 0 && displayed.Height > 0
            ? new ResolvedPlacement(place.Page, displayed, geometry, placed.Seal.Appearance) { FieldName = placement.Name }
            : throw SealPlacementException.InvalidSize(displayed.Width, displayed.Height);
    }

    private static ControlSize Size(PlacedSeal placed, double? width, double? height, PageGeometry geometry)
    {
        if (placed.Placement.UsePhysicalSize)
        {
            // One unit of this page is UserUnit/72 inch (ISO 32000-2 §14.11.2), so a millimetre takes fewer units.
            Appearance natural = placed.Seal.Appearance;
            return new ControlSize(natural.Width / geometry.UserUnit, natural.Height / geometry.UserUnit);
        }

        var size = new ControlSize(width ?? placed.Seal.DefaultSize.Width, height ?? placed.Seal.DefaultSize.Height);
        return size is { Width: > 0, Height: > 0 } && double.IsFinite(size.Width) && double.IsFinite(size.Height)
            ? size
            : throw SealPlacementException.InvalidSize(size.Width, size.Height);
    }

    /// <summary>Refuses what reaches over an edge of the displayed page; NaN fails every comparison and is refused too.</summary>
    private static ResolvedPlacement Checked(ResolvedPlacement placement)
    {
        DisplayedRectangle box = placement.Displayed;
        PageGeometry geometry = placement.Geometry;
        if (!(box.X >= -Tolerance))
        {
            throw SealPlacementException.BeforeEdge(horizontal: true, box.X, placement.Page, geometry.Rotation);
        }

        if (!(box.Y >= -Tolerance))
        {
            throw SealPlacementException.BeforeEdge(horizontal: false, box.Y, placement.Page, geometry.Rotation);
        }

        if (!(box.Right <= geometry.DisplayedWidth + Tolerance))
        {
            throw SealPlacementException.BeyondEdge(horizontal: true, box.X, box.Width, geometry.DisplayedWidth, placement.Page, geometry.Rotation);
        }

        return box.Bottom <= geometry.DisplayedHeight + Tolerance
            ? placement
            : throw SealPlacementException.BeyondEdge(horizontal: false, box.Y, box.Height, geometry.DisplayedHeight, placement.Page, geometry.Rotation);
    }
}
