using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using ESign.Cli.Signing;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;

namespace ESign.Cli.Commands;

/// <summary><c>esign seal DESIGN --name … --out seal.svg|seal.pdf</c>: draws a seal or signature, or converts an image.</summary>
internal sealed class SealCommand
{
    private static string[] Designs => [.. SealArguments.Designs, "image"];

    private static string Listed => string.Join(", ", Designs);

    private readonly Argument<string> _design = new("DESIGN") { HelpName = "DESIGN", CompletionSources = { Designs }, Description = $"印章样式：{Listed} / what to draw: {Listed}" };
    private readonly Option<string?> _name = new("--name") { Description = "单位全称或姓名 / the organisation's or person's name" };
    private readonly Option<string?> _code = new("--code") { Description = "印章编码（13 位），发票章与法人章为统一社会信用代码 / the 13-digit seal code; the credit code of an invoice or legal-person seal" };
    private readonly Option<string?> _size = new("--size") { Description = "毫米尺寸，如 42、40x30 / the size in millimetres, such as 42 or 40x30" };
    private readonly Option<string?> _text = new("--text") { Description = "横向文；text、date、qr 的内容 / the horizontal text; the content of text, date (YYYY-MM-DD) and qr" };
    private readonly Option<string?> _bottom = new("--bottom") { Description = "下弦文 / the text along the bottom" };
    private readonly Option<string?> _suffix = new("--suffix") { Description = "姓名章后缀：印、之印或空 / what follows the name: 印, 之印 or empty" };
    private readonly Option<string?> _color = new("--color") { Description = "颜色：red、blue、black、purple、#rrggbb / the colour: red, blue, black, purple, #rrggbb" };
    private readonly Option<double?> _opacity = new("--opacity") { Description = "透明度，0.2 到 1 / the opacity, 0.2 to 1" };
    private readonly Option<int?> _ageing = new("--ageing") { Description = "做旧程度 / how worn, 1 to 12" };
    private readonly Option<int> _seed = new("--seed") { Description = "做旧图案的种子 / chooses the pattern of wear" };
    private readonly Option<string?> _image = new("--image") { Description = "图片文件（PNG、JPEG） / the file of an image seal" };
    private readonly Option<bool> _transparent = new("--white-to-transparent") { Description = "白底变透明 / make white in the image transparent" };
    private readonly Option<string> _out = new("--out") { Required = true, Description = "输出文件：.svg 或 .pdf / where to write: .svg or .pdf" };
    private readonly Option<bool> _json = CliJson.CreateOption();
    private readonly CliContext _context;

    private SealCommand(CliContext context) => _context = context;

    public static Command Create(CliContext context)
    {
        var seal = new SealCommand(context);
        var command = new Command("seal", "绘制印章或签名 / Draw a seal or signature as SVG or PDF.")
        {
            seal._design, seal._name, seal._code, seal._size, seal._text, seal._bottom, seal._suffix, seal._color, seal._opacity,
            seal._ageing, seal._seed, seal._image, seal._transparent, seal._out, seal._json,
        };
        command.SetAction(seal.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        string output = parsed.GetValue(_out)!;
        bool isSvg = output.EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
        if (!isSvg && !output.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase))
        {
            throw new CliException(CliExit.Usage, $"输出文件应为 .svg 或 .pdf：{output} / --out must end in .svg or .pdf: {output}", "需要 PNG 时可转换 PDF：pdftoppm -png -r 300 seal.pdf seal / for a PNG, convert the PDF: pdftoppm -png -r 300 seal.pdf seal") { Code = "UnknownFormat" };
        }

        Seal seal = Draw(parsed);
        await OutputFile.WriteAsync(output, stream => WriteAsync(seal, stream, isSvg, cancellationToken));
        if (parsed.GetValue(_json))
        {
            var result = new JsonObject
            {
                ["out"] = output,
                ["text"] = seal.AlternateText,
                ["widthMillimeters"] = Math.Round(seal.Size.WidthMillimeters, 2),
                ["heightMillimeters"] = Math.Round(seal.Size.HeightMillimeters, 2),
            };
            _context.Output.WriteLine(CliJson.Line(result));
        }
        else
        {
            _context.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{output}: {seal.AlternateText} ({seal.Size.WidthMillimeters:0.##} × {seal.Size.HeightMillimeters:0.##} mm)"));
        }

        return CliExit.Success;
    }

    private Seal Draw(ParseResult parsed)
    {
        try
        {
            RefuseWhatIsNotShown(parsed);
            return string.Equals(parsed.GetValue(_design), "image", StringComparison.Ordinal) ? FromImage(parsed) : Seal.Draw(Styled(parsed, Design(parsed)));
        }
        catch (SealImageException exception)
        {
            throw new CliException(CliExit.DataError, exception.Message, "请给不超过 5 MB 的 PNG 或 JPEG / give a PNG or JPEG of at most 5 MB", exception);
        }
        catch (MissingGlyphException exception)
        {
            throw new CliException(CliExit.Usage, exception.Message, "请换用其他字符，或改用图片 / write the text with other characters, or use an image", exception);
        }
        catch (ArgumentException exception)
        {
            throw new CliException(CliExit.Usage, exception.Message, "请看 `esign seal --help` / see `esign seal --help`", exception) { Code = "InvalidSeal" };
        }
    }

    private Seal FromImage(ParseResult parsed) => Seal.FromImage(CliContext.ReadInput(Required(parsed, _image)), new SealImageOptions
    {
        WhiteToTransparent = parsed.GetValue(_transparent),
        Opacity = parsed.GetValue(_opacity) ?? 1,
        Size = Size(parsed),
        AlternateText = parsed.GetValue(_name) ?? "",
    });

    /// <summary>What a design cannot show is said, not left out.</summary>
    private void RefuseWhatIsNotShown(ParseResult parsed)
    {
        string design = parsed.GetValue(_design) ?? "";
        foreach ((Option option, string designs) in (ReadOnlySpan<(Option, string)>)
        [
            (_code, "official contract finance personnel invoice legal-person"),
            (_bottom, "official contract finance personnel"),
            (_suffix, "legal-person personal"),
            (_size, "official contract finance personnel invoice legal-person personal image"),
            (_text, "contract finance personnel invoice text date qr"),
            (_image, "image"),
            (_transparent, "image"),
        ])
        {
            if (parsed.GetResult(option) is { Implicit: false } && Designs.Contains(design) && !designs.Split(' ').Contains(design))
            {
                throw new ArgumentException($"{design} 不能用 {option.Name}，它只用于 {designs.Replace(" ", "、", StringComparison.Ordinal)} / {option.Name} is not for {design}: only for {designs.Replace(" ", ", ", StringComparison.Ordinal)}.");
            }
        }
    }

    private SealDesign Design(ParseResult parsed)
    {
        SealSize? size = Size(parsed);
        string? code = parsed.GetValue(_code);
        string? bottom = parsed.GetValue(_bottom);
        string Text(string standard) => parsed.GetValue(_text) ?? standard;
        string Name() => Required(parsed, _name);
        return parsed.GetValue(_design) switch
        {
            "official" => SealDesign.Official(Name(), code, size, bottom),
            "contract" => SealDesign.Contract(Name(), code, size, Text("合同专用章"), bottom),
            "finance" => SealDesign.Finance(Name(), code, size, Text("财务专用章"), bottom),
            "personnel" => SealDesign.Personnel(Name(), code, size, Text("人事专用章"), bottom),
            "invoice" => SealDesign.Invoice(Name(), Required(parsed, _code), size, Text("发票专用章")),
            "legal-person" => SealDesign.LegalPerson(Name(), Required(parsed, _code), size, parsed.GetValue(_suffix)),
            "personal" => SealDesign.PersonalName(Name(), size, parsed.GetValue(_suffix)),
            "signature" => SealDesign.WrittenName(Name()),
            "text" => SealDesign.SignatureText(Required(parsed, _text).Split('\n')),
            "date" => SealDesign.Date(DateOnly.TryParseExact(Required(parsed, _text), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
                ? date
                : throw new ArgumentException("日期应为 YYYY-MM-DD / --text must be a date, YYYY-MM-DD")),
            "qr" => SealDesign.QrCode(Required(parsed, _text)),
            string other => throw new ArgumentException($"没有这种印章样式：'{other}'，可选 {Listed} / No such design: '{other}'; known are {Listed}."),
            null => throw new ArgumentException($"请选择印章样式：{Listed} / Give a design: {Listed}."),
        };
    }

    private SealDesign Styled(ParseResult parsed, SealDesign design)
    {
        SealColor color = parsed.GetValue(_color) is { } name ? Color(name) : design.Color;
        SealDesign inked = design with { Color = color, Opacity = parsed.GetValue(_opacity) ?? design.Opacity };
        return parsed.GetValue(_ageing) is { } level ? inked.Aged(parsed.GetValue(_seed), level) : inked;
    }

    private SealSize? Size(ParseResult parsed)
    {
        if (parsed.GetValue(_size) is not { } text)
        {
            return null;
        }

        double[] sides = [.. text.Split('x', 'X', '×', '_').Select(part =>
            double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double side) ? side : double.NaN)];
        return sides.Length is 1 or 2 && sides.All(double.IsFinite)
            ? new SealSize(sides[0], sides[^1])
            : throw new ArgumentException($"尺寸格式不正确：'{text}'，应写作 42 或 40x30 / Not a size: '{text}'; write 42 or 40x30.");
    }

    private static SealColor Color(string text) => text switch
    {
        "red" => SealColor.SealRed,
        "blue" => SealColor.InkBlue,
        "black" => SealColor.InkBlack,
        "purple" => SealColor.Purple,
        ['#', .. { Length: 6 } hex] when uint.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) =>
            new SealColor((byte)(value >> 16), (byte)(value >> 8), (byte)value),
        _ => throw new ArgumentException($"颜色不正确：'{text}'，可选 red、blue、black、purple 或 #rrggbb / Not a colour: '{text}'; write red, blue, black, purple or #rrggbb."),
    };

    private static string Required(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { Length: > 0 } value
        ? value
        : throw new ArgumentException($"该样式需要 {option.Name} / {option.Name} is needed for this design.");

    private static async Task WriteAsync(Seal seal, Stream stream, bool isSvg, CancellationToken cancellationToken)
    {
        if (isSvg)
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(seal.ToSvg()), cancellationToken);
        }
        else
        {
            seal.WritePdf(stream);
        }
    }
}
