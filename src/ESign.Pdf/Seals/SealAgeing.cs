namespace ESign.Pdf.Seals;

/// <summary>Wear drawn into a seal, as if stamped by hand: small gaps in the ink, always the same for the same seed.</summary>
/// <param name="Seed">Chooses the pattern.</param>
/// <param name="Level">How worn, from 1 (hardly) to 12 (heavily).</param>
internal readonly record struct SealAgeing(int Seed, int Level = 4);
