using System.CommandLine;
using System.Globalization;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace ESign.Cli.Signing;

/// <summary>Where a signature stands: at a point, at a keyword, in a field, across pages, or nowhere.</summary>
internal sealed class PlaceArguments
{
    private readonly Option<string?> _at = new("--at") { Description = "页,X,Y[,宽,高]：左上角为原点，单位磅 / PAGE,X,Y[,W,H]: the seal's top-left corner in points from the displayed page's; pages from 1, or from -1 at the end" };
    private readonly Option<string?> _field = new("--field") { Description = "已有签名域的名称 / the name of an existing signature field" };
    private readonly Option<bool> _invisible = new("--invisible") { Description = "不显示印章 / show nothing" };
    private readonly Option<bool> _physical = new("--physical-size") { Description = "按印章的实际毫米尺寸 / take the seal's size in millimetres" };
    private readonly Option<bool> _overlap = new("--allow-overlap") { Description = "允许覆盖已有签名 / let the seal cover an earlier signature" };

    private readonly KeywordArguments _keyword = new();
    private readonly CrossPageArguments _crossPage = new();

    public IEnumerable<Option> Options => [_at, .. _keyword.Options, _field, _invisible, .. _crossPage.Options, _physical, _overlap];

    /// <summary>Adds seal, field and stamps to options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">What is known already.</param>
    /// <param name="input">The document, to see whether a field shows anything.</param>
    /// <param name="seal">Makes the seal, when one is shown.</param>
    public SignatureOptions Apply(ParseResult parsed, SignatureOptions options, string input, Func<Seal> seal)
    {
        string? at = parsed.GetValue(_at);
        string? keyword = _keyword.Read(parsed);
        string? field = parsed.GetValue(_field);
        bool invisible = parsed.GetValue(_invisible);
        SealPlacement? across = _crossPage.Read(parsed);
        int places = (at is null ? 0 : 1) + (keyword is null ? 0 : 1) + (field is null ? 0 : 1) + (invisible ? 1 : 0);
        if (places > 1 || (places == 0 && across is null))
        {
            throw new ArgumentException("请指定一个位置 / Give one place: --at, --keyword, --field or --invisible; --cross-page may be added.");
        }

        SealPlacement?[] placements = at is not null ? [AtPoint(at)]
            : keyword is not null ? [.. _keyword.Place(parsed, input, options.Password, keyword)]
            : field is not null ? [InField(input, options.Password, field)]
            : [];
        if (placements.Length == 0 && across is null && keyword is not null)
        {
            // A missing keyword may be passed over, but a signer without any control is an error.
            throw SealPlacementException.KeywordNotFound(keyword);
        }

        SealPlacement[] wanted = [.. placements.Append(across).OfType<SealPlacement>().Select(placement => Styled(parsed, placement))];
        if (wanted.Length == 0)
        {
            return options with { FieldName = field };
        }

        // The signature stands at the first place; at the others its stamps.
        PlacedSeal[] placed = [.. wanted.Select(seal().Place)];
        bool ownPlace = wanted.Length > (across is null ? 0 : 1);
        return options with { FieldName = field, Seal = ownPlace ? placed[0] : null, Stamps = ownPlace ? placed[1..] : placed };
    }

    private SealPlacement Styled(ParseResult parsed, SealPlacement placement) =>
        placement with { UsePhysicalSize = parsed.GetValue(_physical), AllowOverlap = parsed.GetValue(_overlap) };

    private SealPlacement AtPoint(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length is 3 or 5 && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int page) && PlaceText.Numbers(parts[1..]) is { } numbers
            ? SealPlacement.At(page, numbers[0], numbers[1], numbers.Length > 2 ? numbers[2] : null, numbers.Length > 2 ? numbers[3] : null)
            : throw PlaceText.Malformed(_at, text, "PAGE,X,Y or PAGE,X,Y,W,H, such as 1,380,520");
    }

    /// <summary>A field that has no visible widget is signed invisibly; one that does not exist is refused where it is placed.</summary>
    private static SealPlacement? InField(string input, string? password, string name)
    {
        bool isHidden = PdfInput.Guard(input, password, document =>
            document.SignatureFields.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal)) is { } field
            && new DocumentPlaces(document).PlaceOf(field.Field) is not { Rectangle: { Width: > 0, Height: > 0 } });
        return isHidden ? null : SealPlacement.InField(name);
    }
}
