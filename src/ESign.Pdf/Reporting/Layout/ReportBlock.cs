using ESign.Pdf.Seals;

namespace ESign.Pdf.Reporting.Layout;

/// <summary>A part of a section, the same for paper and screen.</summary>
internal abstract record ReportBlock
{
    private ReportBlock()
    {
    }

    /// <summary>A heading within a section.</summary>
    internal sealed record Subheading(string Text) : ReportBlock;

    /// <summary>A paragraph; one that leads in what follows stands on the same page.</summary>
    internal sealed record Prose(string Text, bool IsSmall = false, bool LeadsIn = false) : ReportBlock;

    /// <summary>A statement that must not be overlooked; one that leads in what follows stands on the same page.</summary>
    internal sealed record Notice(Tone Tone, string Text, bool LeadsIn = false) : ReportBlock;

    /// <summary>Names and values.</summary>
    internal sealed record Facts(IReadOnlyList<(string Name, Cell Value)> Items) : ReportBlock;

    /// <summary>A table with a header; the shares are of the whole width.</summary>
    internal sealed record Grid(IReadOnlyList<string> Header, IReadOnlyList<double> Shares, IReadOnlyList<IReadOnlyList<Cell>> Rows) : ReportBlock;

    /// <summary>Data to be copied, for example a certificate in PEM.</summary>
    internal sealed record Code(string Text) : ReportBlock;

    /// <summary>A code for a camera, with its text.</summary>
    internal sealed record Picture(Seal Seal, string Caption) : ReportBlock;
}
