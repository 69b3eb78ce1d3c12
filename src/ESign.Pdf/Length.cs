using System.Globalization;

namespace ESign.Pdf;

/// <summary>A length, kept in points (1/72 inch).</summary>
internal readonly record struct Length
{
    private const double PointsPerMillimeter = 72 / 25.4;

    private Length(double points) => Points = points;

    /// <summary>The length in points.</summary>
    public double Points { get; }

    /// <summary>The length in millimetres.</summary>
    public double Millimeters => Points / PointsPerMillimeter;

    /// <summary>A length given in points.</summary>
    /// <param name="points">Points, 1/72 inch each.</param>
    /// <returns>The length.</returns>
    public static Length FromPoints(double points) => new(points);

    /// <summary>A length given in millimetres.</summary>
    /// <param name="millimeters">Millimetres; 42 mm is 119.06 points.</param>
    /// <returns>The length.</returns>
    public static Length FromMillimeters(double millimeters) => new(millimeters * PointsPerMillimeter);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Points:0.##} pt");
}
