using System.Globalization;

namespace ESign.Pdf.Objects;

/// <summary>An integer (ISO 32000-2 §7.3.3), 64 bits wide so that offsets of large files fit.</summary>
internal sealed class PdfInteger(long value) : PdfObject
{
    public long Value { get; } = value;

    public override bool Equals(object? obj) => obj is PdfInteger other && other.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
