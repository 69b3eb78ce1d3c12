namespace ESign.Pdf.Seals;

/// <summary>A point of a pen stroke as a tablet or screen reports it.</summary>
/// <param name="X">To the right, in any unit.</param>
/// <param name="Y">Downwards, in the same unit.</param>
/// <param name="Pressure">The pen's pressure, 0 to 1, where the device knows it.</param>
/// <param name="Milliseconds">When the point was reached, where the device knows it; fast strokes become thinner.</param>
public readonly record struct StrokePoint(double X, double Y, double? Pressure = null, double? Milliseconds = null);
