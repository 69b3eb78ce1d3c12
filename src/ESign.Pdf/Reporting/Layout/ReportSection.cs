namespace ESign.Pdf.Reporting.Layout;

/// <summary>A titled part of a report.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What it holds.</param>
/// <param name="IsFolded">Whether a screen shows it only when asked: what one looks up. Paper shows all of it.</param>
internal sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks, bool IsFolded = false);
