using System.CommandLine;
using System.Globalization;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Cli.Signing;

/// <summary>Beside or on a text: which occurrences, and where to.</summary>
internal sealed class KeywordArguments
{
    private readonly Option<string?> _keyword = new("--keyword") { Description = "关键字；^关键字^ 为全词匹配 / beside or on this text; ^text^ finds whole words only" };
    private readonly Option<int?> _page = new("--keyword-page") { Description = "只在这一页查找，负数从末页起 / the only page to search, from 1, or from -1 at the end" };
    private readonly Option<string?> _occurrence = new("--occurrence") { CompletionSources = { "first", "last", "all" }, Description = "第几处：first、last、all，或序号（从 0 起，负数从末尾起，可用逗号分隔） / first (the default), last, all, or indexes from 0, from -1 at the end, such as 0,2" };
    private readonly Option<string?> _relative = new("--relative") { CompletionSources = { "middle", "below", "right", "lower-right", "upper-right" }, Description = "相对关键字的位置：middle 居中（默认）、below 下方、right 右侧、lower-right 右下、upper-right 右上 / middle (the default), below, right, lower-right, upper-right" };
    private readonly Option<string?> _offset = new("--offset") { Description = "X,Y：再移动多少磅，Y 向下 / X,Y: points to move afterwards, Y downwards" };
    private readonly Option<string?> _size = new("--size") { Description = "宽,高：控件大小（磅） / W,H: the control's size in points, for --keyword" };
    private readonly Option<bool> _ignoreMissing = new("--ignore-missing-keyword") { Description = "找不到关键字时，只盖其余位置 / when the keyword is missing, sign at the other places asked for" };

    public IEnumerable<Option> Options => [_keyword, _page, _occurrence, _relative, _offset, _size, _ignoreMissing];

    public string? Read(ParseResult parsed) => parsed.GetValue(_keyword);

    /// <summary>One placement for each occurrence asked for, in the order asked for; none where the keyword may be missing and is.</summary>
    public IReadOnlyList<SealPlacement> Place(ParseResult parsed, string input, string? password, string keyword)
    {
        Relative relative = parsed.GetValue(_relative) is { } where ? PlaceText.Choose<Relative>(_relative, where) : Relative.Middle;
        double[] offset = PlaceText.Pair(parsed, _offset) ?? [0, 0];
        double[]? size = PlaceText.Pair(parsed, _size);
        int? page = parsed.GetValue(_page);
        return [.. Occurrences(parsed, input, password, keyword, page).Select(match =>
            SealPlacement.AtKeyword(keyword, match with { Page = page }, relative, offset[0], offset[1], size?[0], size?[1]))];
    }

    private IEnumerable<KeywordMatch> Occurrences(ParseResult parsed, string input, string? password, string keyword, int? page)
    {
        string asked = parsed.GetValue(_occurrence) ?? "first";
        bool mayBeMissing = parsed.GetValue(_ignoreMissing);
        KeywordMatch[] matches = asked switch
        {
            "first" => [KeywordMatch.First],
            "last" => [KeywordMatch.Last],
            "all" => [],
            _ => [.. asked.Split(',', StringSplitOptions.TrimEntries).Select(part => At(part, asked))],
        };
        if (asked != "all" && !mayBeMissing)
        {
            return matches;
        }

        int found = Count(input, password, keyword, page);
        return found == 0 && !mayBeMissing ? throw SealPlacementException.KeywordNotFound(keyword)
            : asked == "all" ? Enumerable.Range(0, found).Select(index => KeywordMatch.At(index))
            : matches.Where(match => match.Indexes![0] < found);
    }

    private KeywordMatch At(string part, string asked) =>
        int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index)
            ? index < 0 ? KeywordMatch.FromEnd(-1 - index) : KeywordMatch.At(index)
            : throw PlaceText.Malformed(_occurrence, asked, "first, last, all, or indexes such as 0 or 0,2,-1");

    private static int Count(string input, string? password, string keyword, int? page) => PdfInput.Guard(input, password, document =>
        new DocumentPlaces(document).FindKeyword(keyword, wholeWord: false, page is { } only ? PageSelection.ResolvePage(only, document.PageCount) : null).Count);
}
