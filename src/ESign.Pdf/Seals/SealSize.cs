namespace ESign.Pdf.Seals;

/// <summary>The physical size of a seal.</summary>
/// <param name="WidthMillimeters">The width in millimetres.</param>
/// <param name="HeightMillimeters">The height in millimetres.</param>
public readonly record struct SealSize(double WidthMillimeters, double HeightMillimeters)
{
    /// <summary>A round seal: 38, 40, 42, 45, 50 or 58 mm are customary.</summary>
    /// <param name="diameter">The diameter in millimetres.</param>
    /// <returns>The size.</returns>
    public static SealSize Round(double diameter) => new(diameter, diameter);

    /// <summary>An oval seal: 40 × 30 or 45 × 30 mm are customary.</summary>
    /// <param name="width">The width in millimetres.</param>
    /// <param name="height">The height in millimetres.</param>
    /// <returns>The size.</returns>
    public static SealSize Oval(double width, double height) => new(width, height);

    /// <summary>A square seal: 16, 18, 20 or 22 mm are customary.</summary>
    /// <param name="side">The side in millimetres.</param>
    /// <returns>The size.</returns>
    public static SealSize Square(double side) => new(side, side);
}
