using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Designs;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals;

/// <summary>What a seal or signature looks like, drawn as vectors. One factory per kind.</summary>
/// <remarks>
/// Seals follow 国发〔1999〕25号 (a star in the centre, the name around it from left to right) and the customary sizes of
/// seal makers. Their characters are drawn as outlines, so a seal looks the same everywhere and needs no font.
/// Every factory throws <see cref="ArgumentException"/> for a text, code or size its kind of seal cannot have.
/// </remarks>
public abstract record SealDesign
{
    private readonly double _opacity = 1;

    private protected SealDesign()
    {
    }

    /// <summary>The ink; red for seals, black for signatures and texts.</summary>
    public SealColor Color { get; init; } = SealColor.SealRed;

    /// <summary>The opacity of the ink, 0.2 to 1 (the default). A PDF/A-1 file always gets 1.</summary>
    public double Opacity
    {
        get => _opacity;
        init => _opacity = value is >= 0.2 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "透明度应在 0.2 到 1 之间 / The opacity must be from 0.2 to 1.");
    }

    /// <summary>Wear of the ink; none by default.</summary>
    internal SealAgeing? Ageing { get; private init; }

    /// <summary>The same seal, worn as if stamped by hand: small gaps in the ink.</summary>
    /// <param name="seed">Chooses the pattern; the same seed gives the same gaps.</param>
    /// <param name="level">How worn, from 1 (hardly) to 12 (heavily).</param>
    /// <returns>The design.</returns>
    public SealDesign Aged(int seed, int level = 4) => level is >= 1 and <= 12
        ? this with { Ageing = new SealAgeing(seed, level) }
        : throw new ArgumentOutOfRangeException(nameof(level), level, "做旧程度应在 1 到 12 之间 / The level of ageing must be from 1 to 12.");

    /// <summary>What the drawing says, for screen readers and text export.</summary>
    internal abstract string AlternateText { get; }

    /// <summary>The size of its control where a placement gives none.</summary>
    internal virtual ControlSize DefaultSize => ControlSize.Seal;

    /// <summary>公章: the official seal of an organisation, round, with a star.</summary>
    /// <param name="name">The organisation's full name, 2 to 40 characters.</param>
    /// <param name="code">The 13-digit seal code along the bottom, if it has one.</param>
    /// <param name="size">A diameter of 38, 40, 42, 45, 50 or 58 mm; 42 by default.</param>
    /// <param name="bottomText">A text of at most 20 characters along the bottom, where there is no code.</param>
    /// <returns>The design.</returns>
    public static SealDesign Official(string name, string? code = null, SealSize? size = null, string? bottomText = null) =>
        code is null || bottomText is null
            ? new RoundSeal(name, "", code, bottomText, size ?? SealSize.Round(42), "公章")
            : throw new ArgumentException("公章下弦只能有编码或下弦文之一 / An official seal has a code or a text along the bottom, not both.", nameof(bottomText));

    /// <summary>合同专用章: a contract seal, round, with a star.</summary>
    /// <param name="name">The organisation's full name, 2 to 40 characters.</param>
    /// <param name="code">The 13-digit seal code along the bottom, if it has one.</param>
    /// <param name="size">A diameter of 38, 40, 42, 45, 50 or 58 mm; 42 by default.</param>
    /// <param name="horizontalText">The line below the star, at most 15 characters.</param>
    /// <param name="bottomText">A text of at most 20 characters along the bottom, or below the line when there is a code.</param>
    /// <returns>The design.</returns>
    public static SealDesign Contract(string name, string? code = null, SealSize? size = null, string horizontalText = "合同专用章", string? bottomText = null) =>
        new RoundSeal(name, horizontalText, code, bottomText, size ?? SealSize.Round(42), horizontalText);

    /// <summary>财务专用章: a finance seal, round with a star, or oval.</summary>
    /// <param name="name">The organisation's full name, 2 to 40 characters.</param>
    /// <param name="code">The 13-digit seal code along the bottom, if it has one.</param>
    /// <param name="size">A customary round or oval size; 38 mm round by default.</param>
    /// <param name="horizontalText">The line below the star, at most 15 characters.</param>
    /// <param name="bottomText">A text of at most 20 characters along the bottom, or below the line when there is a code.</param>
    /// <returns>The design.</returns>
    public static SealDesign Finance(string name, string? code = null, SealSize? size = null, string horizontalText = "财务专用章", string? bottomText = null) =>
        Special(name, code, size ?? SealSize.Round(38), horizontalText, bottomText);

    /// <summary>人事专用章: a personnel seal, round with a star, or oval.</summary>
    /// <param name="name">The organisation's full name, 2 to 40 characters.</param>
    /// <param name="code">The 13-digit seal code along the bottom, if it has one.</param>
    /// <param name="size">A customary round or oval size; 38 mm round by default.</param>
    /// <param name="horizontalText">The line below the star, at most 15 characters.</param>
    /// <param name="bottomText">A text of at most 20 characters along the bottom, or below the line when there is a code.</param>
    /// <returns>The design.</returns>
    public static SealDesign Personnel(string name, string? code = null, SealSize? size = null, string horizontalText = "人事专用章", string? bottomText = null) =>
        Special(name, code, size ?? SealSize.Round(38), horizontalText, bottomText);

    /// <summary>发票专用章: an invoice seal, oval, with the taxpayer's number across the middle.</summary>
    /// <param name="name">The organisation's full name, 2 to 40 characters.</param>
    /// <param name="taxpayerNumber">The unified social credit code, or an older number of 15 to 20 letters and digits.</param>
    /// <param name="size">40 × 30 mm (the default) or 45 × 30 mm.</param>
    /// <param name="horizontalText">The line below the number, at most 15 characters.</param>
    /// <returns>The design.</returns>
    public static SealDesign Invoice(string name, string taxpayerNumber, SealSize? size = null, string horizontalText = "发票专用章") =>
        new OvalSeal(name, horizontalText, SealText.TaxpayerNumber(taxpayerNumber), null, null, size ?? SealSize.Oval(40, 30));

    /// <summary>法定代表人章: the square name seal of an organisation's legal representative.</summary>
    /// <remarks>
    /// Only enterprises, social groups, private non-enterprise units, foundations and the like have one: the credit
    /// code must start with 51, 52, 53, 54, 91, 12, N1, N2 or N3.
    /// </remarks>
    /// <param name="name">The person's name, 2 to 16 characters.</param>
    /// <param name="unifiedSocialCreditCode">The organisation's 18-character code (GB 32100).</param>
    /// <param name="size">A side of 16, 18 or 20 mm; 18 by default.</param>
    /// <param name="suffix">What follows the name: empty, 印 or 之印; by default whatever fills the square.</param>
    /// <returns>The design.</returns>
    public static SealDesign LegalPerson(string name, string unifiedSocialCreditCode, SealSize? size = null, string? suffix = null)
    {
        SealText.RequireLegalPersonCode(unifiedSocialCreditCode);
        return new NameSeal(name, suffix, size ?? SealSize.Square(18), "法定代表人章");
    }

    /// <summary>个人名章: a person's name seal, square or 20 × 10 mm.</summary>
    /// <param name="name">The person's name, 2 to 16 characters.</param>
    /// <param name="size">A side of 16, 18 or 20 mm (the default), or 20 × 10 mm.</param>
    /// <param name="suffix">What follows the name: empty, 印 or 之印; by default whatever fills the seal.</param>
    /// <returns>The design.</returns>
    public static SealDesign PersonalName(string name, SealSize? size = null, string? suffix = null) =>
        new NameSeal(name, suffix, size ?? SealSize.Square(20), "个人名章");

    /// <summary>A handwritten signature from captured pen strokes.</summary>
    /// <param name="strokes">The strokes, each the points of one pen contact; x to the right, y down, in any unit.</param>
    /// <param name="signer">Who signed, as alternate text.</param>
    /// <returns>The design, 119 × 43 points at most, black.</returns>
    public static SealDesign Handwritten(IReadOnlyList<IReadOnlyList<StrokePoint>> strokes, string signer = "") =>
        new HandwrittenSignature(HandwrittenSignature.Check(strokes), signer) { Color = SealColor.InkBlack };

    /// <summary>A name written in slanted characters, for a person who signs without drawing.</summary>
    /// <param name="name">The person's name, 1 to 40 characters.</param>
    /// <returns>The design, 43 points high, black.</returns>
    public static SealDesign WrittenName(string name) => new WrittenName(SealText.Require(name, 1, 40, "姓名 / name")) { Color = SealColor.InkBlack };

    /// <summary>The text of a signature in a few lines, such as who signed, why and when; as large as the control allows.</summary>
    /// <param name="lines">One to six lines of at most 100 characters.</param>
    /// <returns>The design, black.</returns>
    public static SealDesign SignatureText(params IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentOutOfRangeException.ThrowIfZero(lines.Count, nameof(lines));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lines.Count, 6, nameof(lines));
        return new BlockDesign([.. lines.Select(line => SealText.Require(line, 1, 100, "签名文字 / signature text"))], new TextFormat()) { Color = SealColor.InkBlack };
    }

    /// <summary>A date.</summary>
    /// <param name="date">The date.</param>
    /// <param name="form">
    /// <c>yyyy年m月d日</c> (the default), <c>yyyy/m/d</c>, <c>yyyy-m-d</c>, <c>yyyy.m.d</c>, or <c>yyyy m d</c> for forms
    /// on which 年, 月 and 日 are printed.
    /// </param>
    /// <param name="format">How it is set; 12 points and centred by default.</param>
    /// <param name="gapAfterYear">For <c>yyyy m d</c>: the gap in widths of a Chinese character.</param>
    /// <param name="gapAfterMonth">For <c>yyyy m d</c>: the gap in widths of a Chinese character.</param>
    /// <returns>The design, set in one line in the middle of its control.</returns>
    public static SealDesign Date(DateOnly date, string form = "yyyy年m月d日", TextFormat? format = null, int gapAfterYear = 2, int gapAfterMonth = 2)
    {
        format ??= new TextFormat { Alignment = HorizontalAlignment.Center };
        if (string.Equals(form, "yyyy m d", StringComparison.Ordinal))
        {
            return new SpacedDateDesign(date, Math.Clamp(gapAfterYear, 0, 20), Math.Clamp(gapAfterMonth, 0, 20), format) { Color = format.Color };
        }

        return new LineDesign(SealText.Date(date, form), format) { Color = format.Color };
    }

    /// <summary>An opinion or remark written with a signature, broken into lines within its control.</summary>
    /// <param name="text">The text, at most 200 characters.</param>
    /// <param name="format">How it is set.</param>
    /// <returns>The design.</returns>
    public static SealDesign Remark(string text, TextFormat? format = null)
    {
        format ??= new TextFormat();
        return new ParagraphDesign(SealText.Require(text, 1, 200, "意见 / remark"), format) { Color = format.Color };
    }

    /// <summary>A QR code, for example with the address where the document can be verified.</summary>
    /// <param name="content">What it says, up to 1000 characters.</param>
    /// <returns>The design, 57 points (20 mm) square with its quiet zone, black.</returns>
    public static SealDesign QrCode(string content) => new QrCodeDesign(SealText.Require(content, 1, 1000, "二维码内容 / QR code content")) { Color = SealColor.InkBlack };

    /// <summary>What it is drawn as in a PDF: outlines, unless it is text.</summary>
    internal virtual Appearance CreateAppearance(TrueTypeFont font) => new DrawingAppearance(DrawFinished(font));

    /// <summary>Draws it with a font.</summary>
    internal abstract VectorDrawing Draw(TrueTypeFont font);

    /// <summary>Draws it with ageing, opacity and alternate text applied.</summary>
    internal VectorDrawing DrawFinished(TrueTypeFont font)
    {
        VectorDrawing drawing = Draw(font);
        return drawing with
        {
            Opacity = Opacity,
            Clip = Ageing is { } ageing ? AgeingPattern.Create(drawing.Width, drawing.Height, ageing) : null,
            AlternateText = AlternateText,
        };
    }

    private static SealDesign Special(string name, string? code, SealSize size, string horizontalText, string? bottomText) =>
        size.WidthMillimeters.Equals(size.HeightMillimeters)
            ? new RoundSeal(name, horizontalText, code, bottomText, size, horizontalText)
            : new OvalSeal(name, horizontalText, null, code, bottomText, size);
}
