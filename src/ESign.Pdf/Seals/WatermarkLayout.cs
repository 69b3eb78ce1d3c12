namespace ESign.Pdf.Seals;

/// <summary>How a watermark covers a page.</summary>
public enum WatermarkLayout
{
    /// <summary>Repeated over the whole page at the usual distance.</summary>
    Repeated,

    /// <summary>Repeated far apart.</summary>
    Loose,

    /// <summary>Repeated close together.</summary>
    Dense,

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
