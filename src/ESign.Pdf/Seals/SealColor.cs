namespace ESign.Pdf.Seals;

/// <summary>An ink colour, sRGB.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public readonly record struct SealColor(byte Red, byte Green, byte Blue)
{
    /// <summary>The red of seal paste; authority letters demand red seals.</summary>
    public static SealColor SealRed { get; } = new(255, 0, 0);

    /// <summary>Blue ink.</summary>
    public static SealColor InkBlue { get; } = new(0, 51, 153);

    /// <summary>Black ink, the default of handwriting and text.</summary>
    public static SealColor InkBlack { get; } = new(0, 0, 0);

    /// <summary>Purple ink.</summary>
    public static SealColor Purple { get; } = new(102, 0, 153);
}
