using ESign.Pdf.Seals.Designs;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Seals;

/// <summary>A value to be printed into the document before anyone signs: text, a tick, a date, an image, a watermark.</summary>
/// <remarks>Text is set in an embedded font and can be searched and copied; it is set smaller where it would not fit its control.</remarks>
public sealed record FillControl
{
    private const int MaximumText = 4000;

    private FillControl(SealPlacement placement, Seal content)
    {
        ArgumentNullException.ThrowIfNull(placement);
        Placement = placement;
        Content = content;
    }

    /// <summary>Where it goes.</summary>
    public SealPlacement Placement { get; }

    internal Seal Content { get; }

    /// <summary>TEXT: one line, in the middle of the control's height.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <param name="text">The text.</param>
    /// <param name="format">How it is set.</param>
    /// <returns>The control.</returns>
    public static FillControl Text(SealPlacement placement, string text, TextFormat? format = null)
    {
        format ??= new TextFormat();
        return Draw(placement, new LineDesign(SealText.Require(text, 1, MaximumText, "文本 / text"), format) { Color = format.Color });
    }

    /// <summary>MULTI_LINE_TEXT: paragraphs, broken into lines from the top of the control.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <param name="text">The text; line ends begin a new line.</param>
    /// <param name="format">How it is set.</param>
    /// <returns>The control.</returns>
    public static FillControl MultiLineText(SealPlacement placement, string text, TextFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        format ??= new TextFormat();
        string[] lines = [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => SealText.Require(line.TrimEnd(), 0, MaximumText, "文本 / text", keepIndent: true))];
        return Draw(placement, new ParagraphDesign(string.Join('\n', lines), format) { Color = format.Color });
    }

    /// <summary>CHECK_BOX: a box, ticked or not.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <param name="isChecked">Whether it is ticked.</param>
    /// <returns>The control, 14 × 14 points by default.</returns>
    public static FillControl CheckBox(SealPlacement placement, bool isChecked) => Draw(placement, new CheckBoxDesign(isChecked) { Color = SealColor.InkBlack });

    /// <summary>SELECTOR: the choice taken from a list.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <param name="choice">The chosen text.</param>
    /// <param name="format">How it is set.</param>
    /// <param name="wordWrap">Whether a long choice is broken into lines instead of set smaller.</param>
    /// <returns>The control.</returns>
    public static FillControl Selector(SealPlacement placement, string choice, TextFormat? format = null, bool wordWrap = false) =>
        wordWrap ? MultiLineText(placement, choice, format) : Text(placement, choice, format);

    /// <summary>DATE: xxxx年xx月xx日, or another form of <see cref="SealDesign.Date"/>.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <param name="date">The date.</param>
    /// <param name="form">The form of the date.</param>
    /// <param name="format">How it is set.</param>
    /// <returns>The control.</returns>
    public static FillControl Date(SealPlacement placement, DateOnly date, string form = "yyyy年m月d日", TextFormat? format = null) =>
        Draw(placement, SealDesign.Date(date, form, format ?? new TextFormat()));

    /// <summary>FILL_IMAGE: an image, its ratio kept and centred unless asked otherwise.</summary>
    /// <param name="placement">Where it goes.</param>
    /// <param name="file">A PNG or JPEG file.</param>
    /// <param name="stretch">Whether it is stretched to fill the control.</param>
    /// <param name="center">Whether it is centred; at the upper left corner otherwise.</param>
    /// <returns>The control.</returns>
    /// <exception cref="FormatException">The file is damaged, too large, or of another kind.</exception>
    public static FillControl Image(SealPlacement placement, ReadOnlyMemory<byte> file, bool stretch = false, bool center = true)
    {
        Seal image = Seal.FromImage(file);
        return new FillControl(placement, stretch || !center ? image.With(new FittedAppearance(image.Appearance, stretch)) : image);
    }

    /// <summary>WATERMARK: a text over whole pages.</summary>
    /// <param name="text">The text, at most 100 characters.</param>
    /// <param name="format">How it is set; grey, 24 points by default.</param>
    /// <param name="opacity">From 0 (excluded) to 1.</param>
    /// <param name="degrees">The turn, counter-clockwise.</param>
    /// <param name="layout">Repeated more or less closely, or once at a place.</param>
    /// <param name="pages">The pages; all by default.</param>
    /// <returns>The control.</returns>
    public static FillControl Watermark(
        string text,
        TextFormat? format = null,
        double opacity = 0.3,
        double degrees = 30,
        WatermarkLayout layout = WatermarkLayout.Repeated,
        PageSelection? pages = null)
    {
        if (!(opacity is > 0 and <= 1) || !double.IsFinite(degrees))
        {
            throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "水印透明度应大于 0 且不超过 1 / The opacity of a watermark must be above 0 and at most 1.");
        }

        format ??= new TextFormat { FontSize = 24, Color = new SealColor(128, 128, 128) };
        var design = new WatermarkDesign(SealText.Require(text, 1, 100, "水印 / watermark"), format, degrees, layout) { Color = format.Color, Translucency = opacity };
        return Draw(new WholePagePlacement(pages ?? PageSelection.All), design);
    }

    private static FillControl Draw(SealPlacement placement, SealDesign design) => new(placement, Seal.Draw(design));
}
