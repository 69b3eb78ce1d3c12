namespace ESign.Pdf.Seals.Placing;

/// <summary>In the widget of an existing field.</summary>
internal sealed record FieldPlacement(string Name) : SealPlacement;
