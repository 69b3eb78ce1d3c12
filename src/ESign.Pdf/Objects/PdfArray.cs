using System.Collections;

namespace ESign.Pdf.Objects;

/// <summary>An array (ISO 32000-2 §7.3.6).</summary>
internal sealed class PdfArray : PdfObject, IReadOnlyList<PdfObject>
{
    private readonly PdfObject[] _items;

    public PdfArray(params ReadOnlySpan<PdfObject> items) => _items = items.ToArray();

    public PdfArray(IEnumerable<PdfObject> items) => _items = [.. items];

    public static PdfArray Empty { get; } = new([]);

    public int Count => _items.Length;

    public PdfObject this[int index] => _items[index];

    public static PdfArray Of(PdfRectangle rectangle) => new(rectangle.Left, rectangle.Bottom, rectangle.Right, rectangle.Top);

    /// <summary>A copy with one more item at the end.</summary>
    public PdfArray With(PdfObject item) => new([.. _items, item]);

    public IEnumerator<PdfObject> GetEnumerator() => ((IEnumerable<PdfObject>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();

    public override bool Equals(object? obj) => obj is PdfArray other && _items.AsSpan().SequenceEqual(other._items);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (PdfObject item in _items)
        {
            hash.Add(item);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => "[" + string.Join(' ', (IEnumerable<PdfObject>)_items) + "]";
}
