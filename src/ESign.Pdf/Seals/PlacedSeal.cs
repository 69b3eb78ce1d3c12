namespace ESign.Pdf.Seals;

/// <summary>A seal and where it goes.</summary>
/// <param name="Seal">The seal.</param>
/// <param name="Placement">Its place.</param>
public sealed record PlacedSeal(Seal Seal, SealPlacement Placement);
