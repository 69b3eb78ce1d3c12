namespace ESign.Pdf.Seals;

/// <summary>How closely a watermark is repeated.</summary>
public enum WatermarkDensity
{
    /// <summary>Far apart.</summary>
    Loose = 1,

    /// <summary>The usual distance.</summary>
    Normal = 2,

    /// <summary>Close together.</summary>
    Dense = 3,
}
