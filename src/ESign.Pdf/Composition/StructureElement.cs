using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>A part of a document's logical structure: a heading, a paragraph, a table cell, and the content that shows it.</summary>
/// <remarks>ISO 32000-2 §14.7.2 and §14.8.4 (standard structure types). Content may go on over several pages.</remarks>
/// <param name="type">The standard structure type.</param>
internal sealed class StructureElement(string type)
{
    private readonly List<StructureElement> _children = [];
    private readonly List<(PageCanvas Page, int Number)> _content = [];

    public string Type { get; } = type;

    /// <summary>What a figure shows, in words; required of figures (§14.9.3).</summary>
    public string? AlternateText { get; init; }

    /// <summary>The columns a table cell covers, and for a header what it heads (§14.8.5.7).</summary>
    public PdfDictionary? TableAttributes { get; init; }

    public IReadOnlyList<StructureElement> Children => _children;

    /// <summary>The marked-content sequences that show it, in order.</summary>
    public IReadOnlyList<(PageCanvas Page, int Number)> Content => _content;

    public StructureElement Add(StructureElement child)
    {
        _children.Add(child);
        return child;
    }

    public void AddContent(PageCanvas page, int number) => _content.Add((page, number));
}
