namespace ESign.Pdf.Composition;

/// <summary>How a paragraph is set; lengths in points unless they say em (of the text's size).</summary>
internal sealed record ParagraphStyle
{
    public TextStyle Text { get; init; } = new();

    public TextAlignment Alignment { get; init; } = TextAlignment.Justify;

    /// <summary>Baseline to baseline, in em.</summary>
    public double LineHeight { get; init; } = 1.7;

    /// <summary>首行缩进, in em.</summary>
    public double FirstLineIndent { get; init; }

    /// <summary>The indent of every line, in em; a label stands in it.</summary>
    public double Indent { get; init; }

    /// <summary>Where in the indent a label begins, in em.</summary>
    public double LabelIndent { get; init; }

    public double SpaceBefore { get; init; }

    public double SpaceAfter { get; init; } = 4;

    /// <summary>Not the last thing on a page: room for four more lines is kept below it.</summary>
    public bool KeepWithNext { get; init; }
}
