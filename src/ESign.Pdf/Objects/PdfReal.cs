using System.Globalization;

namespace ESign.Pdf.Objects;

/// <summary>A real number (ISO 32000-2 §7.3.3).</summary>
internal sealed class PdfReal(double value) : PdfObject
{
    public double Value { get; } = value;

    public override bool Equals(object? obj) => obj is PdfReal other && other.Value.Equals(Value);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString("0.######", CultureInfo.InvariantCulture);
}
