namespace ESign.Pdf.Objects;

/// <summary>A stream: its dictionary and its bytes as stored, still encoded (ISO 32000-2 §7.3.8).</summary>
internal sealed class PdfStream(PdfDictionary dictionary, PdfStreamData data) : PdfObject
{
    public PdfStream(PdfDictionary dictionary, ReadOnlyMemory<byte> encoded)
        : this(dictionary, PdfStreamData.FromMemory(encoded))
    {
    }

    /// <summary>The stream's dictionary. The writer sets <c>/Length</c>; what it says here is not trusted.</summary>
    public PdfDictionary Dictionary { get; } = dictionary;

    /// <summary>The encoded bytes.</summary>
    public PdfStreamData Data { get; } = data;

    public override bool Equals(object? obj) =>
        obj is PdfStream other
        && other.Dictionary.Without("Length").Equals(Dictionary.Without("Length"))
        && other.Data.ToMemory().Span.SequenceEqual(Data.ToMemory().Span);

    public override int GetHashCode() => Dictionary.Without("Length").GetHashCode();

    public override string ToString() => $"{Dictionary} stream[{Data.Length}]";
}
