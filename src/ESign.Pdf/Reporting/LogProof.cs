namespace ESign.Pdf.Reporting;

/// <summary>A record of the log and whether its inclusion proof leads to the checkpoint's root.</summary>
/// <param name="Index">Its index in the log.</param>
/// <param name="Record">Its bytes.</param>
/// <param name="Holds">Whether the proof holds.</param>
internal sealed record LogProof(long Index, byte[] Record, bool Holds);
