namespace ESign.Pdf.Seals;

/// <summary>Where a watermark stands on the page.</summary>
public enum WatermarkPosition
{
    /// <summary>Repeated over the whole page.</summary>
    Everywhere,

    /// <summary>Once, at the top left.</summary>
    LeftTop,

    /// <summary>Once, at the bottom left.</summary>
    LeftBottom,

    /// <summary>Once, at the top right.</summary>
    RightTop,

    /// <summary>Once, at the bottom right.</summary>
    RightBottom,

    /// <summary>Once, in the middle.</summary>
    Center,
}
