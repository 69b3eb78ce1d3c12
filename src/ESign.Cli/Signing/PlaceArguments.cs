using System.CommandLine;
using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Cli.Signing;

/// <summary>Where a signature stands: at a point, at a keyword, in a field, across pages, or nowhere.</summary>
internal sealed class PlaceArguments
{
    private readonly Option<string?> _at = new("--at") { Description = "页,X,Y[,宽,高]：左上角为原点，单位磅 / PAGE,X,Y[,W,H]: the seal's top-left corner in points from the displayed page's; pages from 1, or from -1 at the end" };
    private readonly Option<string?> _keyword = new("--keyword") { Description = "关键字；^关键字^ 为全词匹配 / beside or on this text; ^text^ finds whole words only" };
    private readonly Option<string?> _occurrence = new("--occurrence") { Description = "第几处：first、last 或序号（从 0 起，负数从末尾起） / first (the default), last, or an index from 0, from -1 at the end" };
    private readonly Option<string?> _relative = new("--relative") { Description = "相对关键字的位置 / middle (the default), below, right, lower-right, upper-right" };
    private readonly Option<string?> _offset = new("--offset") { Description = "X,Y：再移动多少磅，Y 向下 / X,Y: points to move afterwards, Y downwards" };
    private readonly Option<string?> _size = new("--size") { Description = "宽,高：控件大小（磅） / W,H: the control's size in points, for --keyword" };
    private readonly Option<string?> _field = new("--field") { Description = "已有签名域的名称 / the name of an existing signature field" };
    private readonly Option<bool> _invisible = new("--invisible") { Description = "不显示印章 / show nothing" };
    private readonly Option<string?> _crossPage = new("--cross-page") { Description = "骑缝章：right、left、top、bottom / also a seal across all pages along this edge" };
    private readonly Option<bool> _physical = new("--physical-size") { Description = "按印章的实际毫米尺寸 / take the seal's size in millimetres" };
    private readonly Option<bool> _overlap = new("--allow-overlap") { Description = "允许覆盖已有签名 / let the seal cover an earlier signature" };

    public IEnumerable<Option> Options => [_at, _keyword, _occurrence, _relative, _offset, _size, _field, _invisible, _crossPage, _physical, _overlap];

    /// <summary>Adds seal, field and stamps to options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">What is known already.</param>
    /// <param name="input">The document, to see whether a field shows anything.</param>
    /// <param name="seal">Makes the seal, when one is shown.</param>
    public SignatureOptions Apply(ParseResult parsed, SignatureOptions options, string input, Func<Seal> seal)
    {
        string? at = parsed.GetValue(_at);
        string? keyword = parsed.GetValue(_keyword);
        string? field = parsed.GetValue(_field);
        bool invisible = parsed.GetValue(_invisible);
        string? edge = parsed.GetValue(_crossPage);
        int places = (at is null ? 0 : 1) + (keyword is null ? 0 : 1) + (field is null ? 0 : 1) + (invisible ? 1 : 0);
        if (places > 1 || (places == 0 && edge is null))
        {
            throw new ArgumentException("请指定一个位置 / Give one place: --at, --keyword, --field or --invisible; --cross-page may be added.");
        }

        SealPlacement? placement = at is not null ? AtPoint(at)
            : keyword is not null ? AtKeyword(parsed, keyword)
            : field is not null ? InField(input, options.Password, field)
            : null;
        Seal? drawn = placement is null && edge is null ? null : seal();
        return options with
        {
            FieldName = field,
            Seal = placement is null ? null : drawn!.Place(Styled(parsed, placement)),
            Stamps = edge is null ? [] : [drawn!.Place(Styled(parsed, SealPlacement.AcrossPages(Choose<PageEdge>(_crossPage, edge))))],
        };
    }

    private SealPlacement Styled(ParseResult parsed, SealPlacement placement) =>
        placement with { UsePhysicalSize = parsed.GetValue(_physical), AllowOverlap = parsed.GetValue(_overlap) };

    private SealPlacement AtPoint(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length is 3 or 5 && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int page) && Numbers(parts[1..]) is { } numbers
            ? SealPlacement.At(page, numbers[0], numbers[1], numbers.Length > 2 ? numbers[2] : null, numbers.Length > 2 ? numbers[3] : null)
            : throw Malformed(_at, text, "PAGE,X,Y or PAGE,X,Y,W,H, such as 1,380,520");
    }

    private SealPlacement AtKeyword(ParseResult parsed, string keyword)
    {
        Relative relative = parsed.GetValue(_relative) is { } where ? Choose<Relative>(_relative, where) : Relative.Middle;
        double[] offset = Pair(parsed, _offset) ?? [0, 0];
        double[]? size = Pair(parsed, _size);
        return SealPlacement.AtKeyword(keyword, Occurrence(parsed.GetValue(_occurrence)), relative, offset[0], offset[1], size?[0], size?[1]);
    }

    private KeywordMatch Occurrence(string? text) => text switch
    {
        null or "first" => KeywordMatch.First,
        "last" => KeywordMatch.Last,
        _ when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index) => index < 0 ? KeywordMatch.FromEnd(-1 - index) : KeywordMatch.At(index),
        _ => throw Malformed(_occurrence, text, "first, last, or an index such as 0 or -1"),
    };

    /// <summary>A field that has no visible widget is signed invisibly; one that does not exist is refused where it is placed.</summary>
    private static SealPlacement? InField(string input, string? password, string name)
    {
        bool isHidden = PdfInput.Guard(input, password, document =>
            document.SignatureFields.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal)) is { } field
            && new DocumentPlaces(document).PlaceOf(field.Field) is not { Rectangle: { Width: > 0, Height: > 0 } });
        return isHidden ? null : SealPlacement.InField(name);
    }

    private static double[]? Pair(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) switch
    {
        null => null,
        { } text => Numbers(text.Split(',', StringSplitOptions.TrimEntries)) is { Length: 2 } pair ? pair : throw Malformed(option, text, "two numbers, such as 20,-5"),
    };

    private static double[]? Numbers(string[] parts)
    {
        double[] numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }

    /// <summary>A name as people write it in a shell: lower-right is LowerRight.</summary>
    private static T Choose<T>(Option<string?> option, string text)
        where T : struct, Enum =>
        Enum.TryParse(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out T value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text[0])
            ? value
            : throw Malformed(option, text, string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant());

    private static ArgumentException Malformed(Option<string?> option, string text, string form) =>
        new($"{option.Name} 的格式不对 / {option.Name} is not well-formed: '{text}'; it is {form}.");
}
