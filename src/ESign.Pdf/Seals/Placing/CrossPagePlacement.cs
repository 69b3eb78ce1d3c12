namespace ESign.Pdf.Seals.Placing;

/// <summary>In strips along one edge of several pages.</summary>
internal sealed record CrossPagePlacement(
    PageEdge Edge, PageSelection Pages, double? Position, double Offset, double? Width, double? Height, int? PagesPerSeal) : SealPlacement;
