namespace ESign.Pdf.Seals.Placing;

/// <summary>At a point of one or several pages.</summary>
internal sealed record PointPlacement(PageSelection Pages, double X, double Y, double? Width, double? Height) : SealPlacement;
