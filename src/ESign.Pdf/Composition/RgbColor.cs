namespace ESign.Pdf.Composition;

/// <summary>A colour in DeviceRGB, which the output intent of a composed document defines as sRGB; parts from 0 to 1.</summary>
internal readonly record struct RgbColor(double Red, double Green, double Blue)
{
    public static RgbColor Black { get; } = new(0, 0, 0);

    public static RgbColor Gray { get; } = new(0.4, 0.4, 0.4);

    public static RgbColor PaleGray { get; } = new(0.94, 0.94, 0.94);
}
