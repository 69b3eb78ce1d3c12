using System.CommandLine;
using System.Globalization;
using ESign.Pdf.Seals;

namespace ESign.Cli.Signing;

/// <summary>骑缝章: the edge, the pages, the position along the edge, and where a seal starts again.</summary>
internal sealed class CrossPageArguments
{
    private readonly Option<string?> _edge = new("--cross-page") { CompletionSources = { "right", "left", "top", "bottom" }, Description = "骑缝章：right、left、top、bottom / also a seal across the pages along this edge" };
    private readonly Option<string?> _pages = new("--cross-page-pages") { CompletionSources = { "all", "odd", "even" }, Description = "骑缝章的页：all、odd、even、2-9 或 1,3,-1 / its pages: all (the default), odd, even, 2-9, or a list such as 1,3,-1" };
    private readonly Option<double?> _position = new("--cross-page-position") { Description = "骑缝章距上边（左右边缘）或左边（上下边缘）多少磅，默认居中 / points from the top of each page (right, left) or its left side (top, bottom); centred by default" };
    private readonly Option<int?> _limit = new("--cross-page-limit") { Description = "每枚骑缝章最多跨几页 / the most pages one seal spreads over; beyond them it starts again" };

    public IEnumerable<Option> Options => [_edge, _pages, _position, _limit];

    /// <summary>The placement asked for, if any.</summary>
    public SealPlacement? Read(ParseResult parsed) => parsed.GetValue(_edge) is { } edge
        ? SealPlacement.AcrossPages(
            PlaceText.Choose<PageEdge>(_edge, edge),
            parsed.GetValue(_pages) is { } pages ? Selection(pages) : null,
            parsed.GetValue(_position),
            pagesPerSeal: parsed.GetValue(_limit))
        : null;

    private PageSelection Selection(string text)
    {
        string[] range = text.Split('-');
        return text switch
        {
            "all" => PageSelection.All,
            "odd" => PageSelection.Odd,
            "even" => PageSelection.Even,
            _ when range is [{ Length: > 0 } first, { Length: > 0 } last] && !text.Contains(',', StringComparison.Ordinal) => PageSelection.Range(Page(first), Page(last)),
            _ => PageSelection.Of([.. text.Split(',', StringSplitOptions.TrimEntries).Select(Page)]),
        };

        int Page(string part) => int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int page)
            ? page
            : throw PlaceText.Malformed(_pages, text, "all, odd, even, 2-9, or a list such as 1,3,-1");
    }
}
