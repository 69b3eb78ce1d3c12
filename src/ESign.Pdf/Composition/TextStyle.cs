namespace ESign.Pdf.Composition;

/// <summary>How characters look. There is one weight of font; bold is drawn by stroking the outlines as well.</summary>
internal sealed record TextStyle
{
    /// <summary>小五号 9 pt, 五号 10.5 pt, 小四号 12 pt, 三号 16 pt, 二号 22 pt.</summary>
    public double Size { get; init; } = 10.5;

    public bool IsBold { get; init; }

    public bool IsUnderlined { get; init; }

    public RgbColor Color { get; init; } = RgbColor.Black;
}
