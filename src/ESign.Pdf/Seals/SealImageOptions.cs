namespace ESign.Pdf.Seals;

/// <summary>How an image file becomes a seal or signature.</summary>
public sealed record SealImageOptions
{
    private readonly SealSize? _size;
    private readonly double _opacity = 1;

    /// <summary>
    /// Whether white becomes transparent. In a PNG every colour gives up its share of white, so edges stay smooth; a JPEG,
    /// which is embedded as it is, loses nearly white pixels (a PDF colour key), and a CMYK JPEG is refused.
    /// </summary>
    public bool WhiteToTransparent { get; init; }

    /// <summary>Whether transparent parts become white, so that the file needs no transparency at all.</summary>
    public bool FlattenOnWhite { get; init; }

    /// <summary>
    /// The box in millimetres into which the image fits in its physical size: 10 to 100 each, ratio 0.1 to 10; 42 × 42 by
    /// default. The number of pixels does not matter.
    /// </summary>
    public SealSize? Size
    {
        get => _size;
        init => _size = value is null or { WidthMillimeters: >= 10 and <= 100, HeightMillimeters: >= 10 and <= 100 }
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "图片印章的宽高应在 10 到 100 毫米之间 / An image seal must be 10 to 100 mm wide and high.");
    }

    /// <summary>The opacity, 0.2 to 1 (the default). A PDF/A-1 file always gets 1.</summary>
    public double Opacity
    {
        get => _opacity;
        init => _opacity = value is >= 0.2 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "透明度应在 0.2 到 1 之间 / The opacity must be from 0.2 to 1.");
    }

    /// <summary>Whether it is a signature: its control is then 119 × 43 by default instead of 119 × 119.</summary>
    public bool IsSignature { get; init; }

    /// <summary>What the image says, for readers who cannot see it.</summary>
    public string AlternateText { get; init; } = "";
}
