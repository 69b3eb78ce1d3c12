namespace ESign.Pdf.Objects;

/// <summary>A name, without its slash and with <c>#xx</c> decoded; one char per byte (ISO 32000-2 §7.3.5).</summary>
internal sealed class PdfName(string value) : PdfObject
{
    public string Value { get; } = value;

    public override bool Equals(object? obj) => obj is PdfName other && string.Equals(other.Value, Value, StringComparison.Ordinal);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => "/" + Value;
}
