using System.Globalization;

namespace ESign.Pdf.Objects;

/// <summary>A reference to an indirect object (ISO 32000-2 §7.3.10).</summary>
internal sealed class PdfReference(int number, int generation = 0) : PdfObject
{
    public int Number { get; } = number;

    public int Generation { get; } = generation;

    public override bool Equals(object? obj) => obj is PdfReference other && other.Number == Number && other.Generation == Generation;

    public override int GetHashCode() => HashCode.Combine(Number, Generation);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Generation} R");
}
