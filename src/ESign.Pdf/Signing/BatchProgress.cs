namespace ESign.Pdf.Signing;

/// <summary>How far a batch is.</summary>
/// <param name="Done">How many items are done, failed ones included.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Last">The item done last.</param>
public sealed record BatchProgress(int Done, int Failed, int Total, BatchResult Last);
