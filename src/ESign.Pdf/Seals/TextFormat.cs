namespace ESign.Pdf.Seals;

/// <summary>How the text of a control is set. The font is always the bundled one, embedded as a subset.</summary>
public sealed record TextFormat
{
    private readonly double _fontSize = 12;

    /// <summary>The font size in points, 6 to 72; 12 by default. A text too long for its control is set smaller.</summary>
    public double FontSize
    {
        get => _fontSize;
        init => _fontSize = value is >= 6 and <= 72
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "字号应在 6 到 72 之间 / The font size must be from 6 to 72.");
    }

    /// <summary>Where lines stand; left by default.</summary>
    public HorizontalAlignment Alignment { get; init; }

    /// <summary>The ink; black by default.</summary>
    public SealColor Color { get; init; } = SealColor.InkBlack;

    /// <summary>Whether the characters are drawn bolder.</summary>
    public bool Bold { get; init; }
}
