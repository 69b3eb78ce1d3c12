using System.Globalization;

namespace ESign.Pdf.Objects;

/// <summary>An integer (ISO 32000-2 §7.3.3), 64 bits wide so that offsets of large files fit.</summary>
internal sealed class PdfInteger(long value) : PdfObject
{
    private static readonly PdfInteger[] Small = [.. Enumerable.Range(0, 256).Select(i => new PdfInteger(i))];

    public long Value { get; } = value;

    /// <summary>The integer, shared when it is a small one.</summary>
    public static PdfInteger Of(long value) => (ulong)value < 256 ? Small[value] : new PdfInteger(value);

    public override bool Equals(object? obj) => obj is PdfInteger other && other.Value == Value;

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
