using ESign.Pdf.Composition;

namespace ESign.Pdf.Reporting.Layout;

/// <summary>A report before it is written as HTML or PDF: one content, so that both say the same.</summary>
internal sealed record ReportContent
{
    public required ReportTexts Texts { get; init; }

    public required string Title { get; init; }

    /// <summary>What stands at the head of each page beside the title.</summary>
    public string Mark { get; init; } = "";

    /// <summary>The statement below the title.</summary>
    public required ReportBlock.Notice Headline { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>What a PDF carries inside.</summary>
    public IReadOnlyList<AttachedFile> Attachments { get; init; } = [];
}
