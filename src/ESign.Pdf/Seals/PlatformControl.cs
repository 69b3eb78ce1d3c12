using System.Globalization;
using System.Text.Json;

namespace ESign.Pdf.Seals;

/// <summary>A control (控件) as Chinese contract platforms describe it in JSON, turned into a placement.</summary>
/// <remarks>
/// The field names are those of the public API of Tencent E-Sign: GenerateMode, ComponentType, ComponentPosX, … and the
/// JSON text in ComponentExtra. Unknown fields are ignored; values that cannot be meant are refused.
/// </remarks>
public sealed record PlatformControl
{
    private const int MaximumControls = 1000;

    private static readonly string[] DateForms = ["yyyy m d", "yyyy年m月d日", "yyyy/m/d", "yyyy-m-d", "yyyy.m.d"];

    private readonly bool _stretch;
    private readonly bool _center;
    private readonly Func<string, FillControl>? _watermark;

    private PlatformControl(PlatformFields fields)
    {
        Type = fields.Text("ComponentType") ?? throw PlatformFields.Error("ComponentType", "缺少控件类型 / the type is missing");
        Id = fields.Text("ComponentId") ?? "";
        Name = fields.Text("ComponentName") ?? "";
        Value = fields.Text("ComponentValue") ?? "";
        PlatformFields extra = fields.Nested("ComponentExtra");
        Placement = Place(fields, extra) with { UsePhysicalSize = extra.Flag("UseSealSize") };
        string? form = extra.Text("Format");

        // "Empty or unknown Format: all extras are ignored and the date is yyyy年m月d日, centred."
        bool isPlainDate = Type == "SIGN_DATE" && !DateForms.Contains(form, StringComparer.Ordinal);
        DateForm = isPlainDate || form is null || !DateForms.Contains(form, StringComparer.Ordinal) ? "yyyy年m月d日" : form;
        Format = isPlainDate ? new TextFormat { Alignment = HorizontalAlignment.Center } : ReadFormat(extra);
        (GapAfterYear, GapAfterMonth) = Gaps(extra.Text("Gaps"));
        Opacity = extra.Number("Opacity") is { } opacity
            ? opacity is >= 0 and <= 1 ? opacity : throw PlatformFields.Error("Opacity", "应在 0 到 1 之间 / must be from 0 to 1")
            : 1;
        WordWrap = extra.Flag("WordWrap");
        _stretch = (extra.Integer("FillMethod") ?? 1) == 0;
        _center = !extra.Flag("NotMakeImageCenter");
        _watermark = Type == "WATERMARK" ? ReadWatermark(extra) : null;
    }

    /// <summary>The ComponentType, such as SIGN_SEAL, SIGN_DATE or TEXT.</summary>
    public string Type { get; }

    /// <summary>The ComponentId; the keyword where the control is placed by keyword.</summary>
    public string Id { get; }

    /// <summary>The ComponentName; the form field's name where it is placed by field.</summary>
    public string Name { get; }

    /// <summary>The ComponentValue.</summary>
    public string Value { get; }

    /// <summary>Where it goes.</summary>
    public SealPlacement Placement { get; }

    /// <summary>How its text is set.</summary>
    public TextFormat Format { get; }

    /// <summary>The form of a date, for <see cref="SealDesign.Date"/>.</summary>
    public string DateForm { get; }

    /// <summary>For <c>yyyy m d</c>: the gap between year and month, in characters.</summary>
    public int GapAfterYear { get; }

    /// <summary>For <c>yyyy m d</c>: the gap between month and day, in characters.</summary>
    public int GapAfterMonth { get; }

    /// <summary>The opacity, 0 to 1.</summary>
    public double Opacity { get; }

    /// <summary>Whether a long choice of a SELECTOR is broken into lines.</summary>
    public bool WordWrap { get; }

    /// <summary>Reads one control or an array of them.</summary>
    /// <param name="json">The JSON text; at most 1000 controls.</param>
    /// <returns>The controls in their order.</returns>
    /// <exception cref="ArgumentException">It is not such JSON, or a value is out of range; the message begins with the platform's error code.</exception>
    public static IReadOnlyList<PlatformControl> Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement[] elements = document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : [document.RootElement];
            return elements.Length <= MaximumControls && elements.All(e => e.ValueKind == JsonValueKind.Object)
                ? [.. elements.Select(e => new PlatformControl(new PlatformFields(e)))]
                : throw PlatformFields.Error("Components", $"应为控件对象的数组，最多 {MaximumControls} 个 / must be control objects, at most {MaximumControls}");
        }
        catch (JsonException exception)
        {
            throw new ArgumentException("InvalidParameter.Components: 不是有效的 JSON / not JSON: " + exception.Message, nameof(json), exception);
        }
    }

    /// <summary>The control as something printed before signing.</summary>
    /// <param name="openImage">Gives the file of a FILL_IMAGE by its ComponentValue; without it an image is no fill control.</param>
    /// <returns>The fill control; <see langword="null"/> for the controls of signers.</returns>
    /// <exception cref="ArgumentException">Its value cannot be shown.</exception>
    /// <exception cref="SealImageException">The image is damaged, too large, or of another kind.</exception>
    public FillControl? ToFillControl(Func<string, ReadOnlyMemory<byte>>? openImage = null) => Type switch
    {
        "TEXT" => FillControl.Text(Placement, Value, Format),
        "MULTI_LINE_TEXT" => FillControl.MultiLineText(Placement, Value, Format),
        "CHECK_BOX" => FillControl.CheckBox(Placement, string.Equals(Value, "true", StringComparison.OrdinalIgnoreCase)),
        "SELECTOR" => FillControl.Selector(Placement, Value, Format, WordWrap),
        "DATE" => FillControl.Text(Placement, Value, Format),
        "FILL_IMAGE" when openImage is not null => FillControl.Image(Placement, openImage(Value), _stretch, _center),
        "WATERMARK" => _watermark?.Invoke(Value),
        _ => null,
    };

    /// <summary>The platform does not say which way Rotate turns; clockwise is taken, as on screens.</summary>
    private Func<string, FillControl> ReadWatermark(PlatformFields extra)
    {
        int rotate = extra.Integer("Rotate") ?? 330;
        int density = extra.Integer("Density") ?? 2;
        WatermarkLayout? layout = (extra.Text("Position") ?? "None") switch
        {
            "None" => density switch { 1 => WatermarkLayout.Loose, 2 => WatermarkLayout.Repeated, 3 => WatermarkLayout.Dense, _ => null },
            "LeftTop" => WatermarkLayout.LeftTop,
            "LeftBottom" => WatermarkLayout.LeftBottom,
            "RightTop" => WatermarkLayout.RightTop,
            "RightBottom" => WatermarkLayout.RightBottom,
            "Center" => WatermarkLayout.Center,
            _ => null,
        };
        double opacity = extra.Number("Opacity") ?? 0.3;
        if (rotate is not (>= 0 and <= 359) || layout is null || opacity is not (> 0 and <= 1))
        {
            throw PlatformFields.Error(
                "ComponentExtra",
                "Rotate 应为 0 到 359，Density 为 1 到 3，Position 为 None、LeftTop、LeftBottom、RightTop、RightBottom 或 Center，Opacity 大于 0 且不超过 1 / "
                + "Rotate is 0 to 359, Density 1 to 3, Position None, LeftTop, LeftBottom, RightTop, RightBottom or Center, Opacity above 0 and at most 1");
        }

        TextFormat? format = extra.Text("FontSize") is null && extra.Text("FontColor") is null ? null : Format;
        return text => FillControl.Watermark(text, format, opacity, -rotate, layout.Value);
    }

    private static SealPlacement Place(PlatformFields fields, PlatformFields extra)
    {
        string type = fields.Text("ComponentType")!;
        double? width = Size("ComponentWidth");
        double? height = Size("ComponentHeight");
        if (type.StartsWith("SIGN_PAGING_", StringComparison.Ordinal))
        {
            return SealPlacement.AcrossPages(PageEdge.Right, position: fields.Number("ComponentPosY"), width: width, height: height);
        }

        switch (fields.Text("GenerateMode") ?? "NORMAL")
        {
            case "NORMAL":
                double x = fields.Number("ComponentPosX") ?? 0;
                double y = fields.Number("ComponentPosY") ?? 0;
                return extra.Ranges("PageRanges") is { } pages
                    ? SealPlacement.OnPages(pages, x, y, width, height)
                    : SealPlacement.At(fields.Integer("ComponentPage") ?? 1, x, y, width, height);
            case "FIELD" when type is "SIGN_SEAL" or "SIGN_SIGNATURE" or "SIGN_LEGAL_PERSON_SEAL":
                throw PlatformFields.Error("ComponentType", "表单域不能用作印章或签名控件 / a form field cannot be a seal or signature");
            case "FIELD":
                return SealPlacement.InField(fields.Text("ComponentName") ?? throw PlatformFields.Error("ComponentName", "缺少表单域名称 / the field name is missing"));
            case "KEYWORD":
                return Keyword(fields, extra, width, height);
            default:
                throw PlatformFields.Error("GenerateMode", $"不支持：'{fields.Text("GenerateMode")}' / unknown: '{fields.Text("GenerateMode")}'");
        }

        // The API sends 0 where no size is given.
        double? Size(string name) => fields.Number(name) is { } size and not 0 ? size : null;
    }

    private static SealPlacement Keyword(PlatformFields fields, PlatformFields extra, double? width, double? height)
    {
        string keyword = fields.Text("ComponentId") ?? throw PlatformFields.Error("Keyword", "缺少关键字 / the keyword is missing");
        bool isReversed = (fields.Text("KeywordOrder") ?? "Positive") switch
        {
            "Positive" => false,
            "Reverse" => true,
            string order => throw PlatformFields.Error("KeywordOrder", $"不支持：'{order}' / unknown: '{order}'"),
        };
        int[] indexes = fields.Integers("KeywordIndexes");
        KeywordMatch match = indexes.Length == 0
            ? isReversed ? KeywordMatch.AllReversed() : KeywordMatch.All
            : isReversed ? KeywordMatch.FromEnd(indexes) : KeywordMatch.At(indexes);
        string location = fields.Text("RelativeLocation") ?? nameof(Relative.Middle);
        return SealPlacement.AtKeyword(
            keyword,
            match with { Page = fields.Integer("KeywordPage") is { } page and not 0 ? page : null, IgnoreMissing = extra.Flag("IgnoreKeywordError") },
            char.IsAsciiLetter(location[0]) && Enum.TryParse(location, out Relative relative) && Enum.IsDefined(relative) ? relative : throw PlatformFields.Error("RelativeLocation", $"不支持：'{location}' / unknown: '{location}'"),
            fields.Number("OffsetX") ?? 0,
            fields.Number("OffsetY") ?? 0,
            width,
            height);
    }

    private static TextFormat ReadFormat(PlatformFields extra)
    {
        double size = extra.Number("FontSize") ?? 12;
        int[] color = [.. (extra.Text("FontColor") ?? "0,0,0").Split(',').Select(part => byte.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out byte value) ? value : -1)];
        if (size is not (>= 6 and <= 72) || color.Length != 3 || color.Any(c => c < 0))
        {
            throw PlatformFields.Error("ComponentExtra", "FontSize 应在 6 到 72 之间，FontColor 应为 r,g,b / FontSize must be 6 to 72, FontColor r,g,b");
        }

        return new TextFormat
        {
            FontSize = size,
            Alignment = extra.Text("FontAlign") switch { "Center" => HorizontalAlignment.Center, "Right" => HorizontalAlignment.Right, _ => HorizontalAlignment.Left },
            Color = new SealColor((byte)color[0], (byte)color[1], (byte)color[2]),
            Bold = extra.Flag("Bold"),
        };
    }

    private static (int AfterYear, int AfterMonth) Gaps(string? text)
    {
        string[] parts = (text ?? "2,2").Split(',');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int year)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int month)
            && year <= 20 && month <= 20
            ? (year, month)
            : throw PlatformFields.Error("ComponentExtra", $"Gaps 应为两个不超过 20 的整数：'{text}' / Gaps must be two whole numbers up to 20: '{text}'");
    }
}
