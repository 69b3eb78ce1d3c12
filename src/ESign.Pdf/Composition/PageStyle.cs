namespace ESign.Pdf.Composition;

/// <summary>The page: its size, its margins, what stands above and below the text. Points.</summary>
internal sealed record PageStyle
{
    public double Width { get; init; } = 595;

    public double Height { get; init; } = 842;

    public double MarginLeft { get; init; } = 80;

    public double MarginRight { get; init; } = 80;

    public double MarginTop { get; init; } = 76;

    public double MarginBottom { get; init; } = 72;

    /// <summary>The text at the left of each page's head.</summary>
    public string HeaderLeft { get; init; } = "";

    /// <summary>The text at the right of each page's head.</summary>
    public string HeaderRight { get; init; } = "";

    /// <summary>The text in the middle of each page's foot; {0} is the page, {1} the number of pages. Empty for none.</summary>
    public string Footer { get; init; } = "第 {0} 页 / 共 {1} 页";

    internal double BodyWidth => Width - MarginLeft - MarginRight;

    internal double BodyHeight => Height - MarginTop - MarginBottom;
}
