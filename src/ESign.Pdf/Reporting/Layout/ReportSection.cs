namespace ESign.Pdf.Reporting.Layout;

/// <summary>A titled part of a report.</summary>
internal sealed record ReportSection(string Title, IReadOnlyList<ReportBlock> Blocks);
