using System.Collections;

namespace ESign.Pdf.Objects;

/// <summary>A dictionary (ISO 32000-2 §7.3.7). Entries keep their order; an entry whose value is null is no entry.</summary>
/// <remarks>Where a hostile file gives a key twice, the last one counts, as in the common readers.</remarks>
internal sealed class PdfDictionary : PdfObject, IReadOnlyCollection<KeyValuePair<string, PdfObject>>
{
    private readonly OrderedDictionary<string, PdfObject> _entries;

    private PdfDictionary(OrderedDictionary<string, PdfObject> entries) => _entries = entries;

    public PdfDictionary(params ReadOnlySpan<(string Key, PdfObject Value)> entries)
    {
        _entries = new OrderedDictionary<string, PdfObject>(entries.Length, StringComparer.Ordinal);
        foreach ((string key, PdfObject value) in entries)
        {
            Put(_entries, key, value);
        }
    }

    public PdfDictionary(IEnumerable<KeyValuePair<string, PdfObject>> entries)
    {
        _entries = new OrderedDictionary<string, PdfObject>(StringComparer.Ordinal);
        foreach ((string key, PdfObject value) in entries)
        {
            Put(_entries, key, value);
        }
    }

    public static PdfDictionary Empty { get; } = new(ReadOnlySpan<(string, PdfObject)>.Empty);

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    /// <summary>The value as written (perhaps a reference), or <see langword="null"/> when there is no such entry.</summary>
    public PdfObject? this[string key] => _entries.TryGetValue(key, out PdfObject? value) ? value : null;

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    /// <summary>A copy with an entry set; a null value removes it.</summary>
    public PdfDictionary With(string key, PdfObject? value)
    {
        var copy = new OrderedDictionary<string, PdfObject>(_entries, StringComparer.Ordinal);
        Put(copy, key, value ?? PdfNull.Instance);
        return new PdfDictionary(copy);
    }

    /// <summary>A copy without an entry.</summary>
    public PdfDictionary Without(string key) => _entries.ContainsKey(key) ? With(key, null) : this;

    public IEnumerator<KeyValuePair<string, PdfObject>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Equal when both have the same keys with equal values, in any order.</summary>
    public override bool Equals(object? obj)
    {
        if (obj is not PdfDictionary other || other.Count != Count)
        {
            return false;
        }

        foreach ((string key, PdfObject value) in _entries)
        {
            if (other[key] is not { } theirs || !theirs.Equals(value))
            {
                return false;
            }
        }

        return true;
    }

    public override int GetHashCode()
    {
        int hash = Count;
        foreach ((string key, PdfObject value) in _entries)
        {
            hash ^= HashCode.Combine(key, value);
        }

        return hash;
    }

    public override string ToString() => "<<" + string.Join(' ', _entries.Select(e => $"/{e.Key} {e.Value}")) + ">>";

    private static void Put(OrderedDictionary<string, PdfObject> entries, string key, PdfObject value)
    {
        if (value is PdfNull)
        {
            entries.Remove(key);
        }
        else
        {
            entries[key] = value;
        }
    }
}
