namespace ESign.Pdf.Seals.Placing;

/// <summary>Over the whole of each page, whatever its size: watermarks.</summary>
internal sealed record WholePagePlacement(PageSelection Pages) : SealPlacement;
