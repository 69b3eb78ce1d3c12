namespace ESign.Pdf.Composition;

/// <summary>A cell: text, or a figure.</summary>
internal sealed record TableCell
{
    public IReadOnlyList<TextSpan> Spans { get; init; } = [];

    /// <summary>Shown instead of text.</summary>
    public Figure? Figure { get; init; }

    /// <summary>Left when not said; numbers look best right.</summary>
    public TextAlignment Alignment { get; init; } = TextAlignment.Left;

    public bool IsBold { get; init; }

    /// <summary>Whether its ground is shaded like a header's.</summary>
    public bool IsShaded { get; init; }

    /// <summary>Whether it names what the row is about.</summary>
    public bool IsRowHeader { get; init; }

    /// <summary>How many columns it covers.</summary>
    public int ColumnSpan { get; init; } = 1;

    public static implicit operator TableCell(string text) => new() { Spans = [new TextSpan(text)] };
}
