using System.Collections;

namespace ESign.Pdf.Objects;

/// <summary>A dictionary (ISO 32000-2 §7.3.7). Entries keep their order; an entry whose value is null is no entry.</summary>
/// <remarks>Where a hostile file gives a key twice, the last one counts, as in the common readers.</remarks>
internal sealed class PdfDictionary : PdfObject, IReadOnlyCollection<KeyValuePair<string, PdfObject>>
{
    /// <summary>Up to here a linear search beats hashing.</summary>
    private const int IndexedFrom = 24;

    private readonly KeyValuePair<string, PdfObject>[] _entries;
    private readonly Dictionary<string, int>? _index;

    public PdfDictionary(params ReadOnlySpan<(string Key, PdfObject Value)> entries)
    {
        var pairs = new KeyValuePair<string, PdfObject>[entries.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            pairs[i] = new(entries[i].Key, entries[i].Value);
        }

        (_entries, _index) = Settle(pairs);
    }

    public PdfDictionary(ReadOnlySpan<KeyValuePair<string, PdfObject>> entries) => (_entries, _index) = Settle(entries.ToArray());

    public PdfDictionary(IEnumerable<KeyValuePair<string, PdfObject>> entries) => (_entries, _index) = Settle([.. entries]);

    public static PdfDictionary Empty { get; } = new(ReadOnlySpan<(string, PdfObject)>.Empty);

    public int Count => _entries.Length;

    public IEnumerable<string> Keys => _entries.Select(e => e.Key);

    /// <summary>The value as written (perhaps a reference), or <see langword="null"/> when there is no such entry.</summary>
    public PdfObject? this[string key] => Find(key) is >= 0 and int at ? _entries[at].Value : null;

    public bool ContainsKey(string key) => Find(key) >= 0;

    /// <summary>A copy with an entry set; a null value removes it.</summary>
    public PdfDictionary With(string key, PdfObject? value)
    {
        int at = Find(key);
        if (value is null or PdfNull)
        {
            return at < 0 ? this : new PdfDictionary([.. _entries.AsSpan(0, at), .. _entries.AsSpan(at + 1)]);
        }

        KeyValuePair<string, PdfObject>[] copy = new KeyValuePair<string, PdfObject>[_entries.Length + (at < 0 ? 1 : 0)];
        _entries.CopyTo(copy, 0);
        copy[at < 0 ? _entries.Length : at] = new(key, value);
        return new PdfDictionary(copy);
    }

    /// <summary>A copy without an entry.</summary>
    public PdfDictionary Without(string key) => With(key, null);

    /// <summary>The entries in order.</summary>
    public ReadOnlySpan<KeyValuePair<string, PdfObject>> AsSpan() => _entries;

    public IEnumerator<KeyValuePair<string, PdfObject>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, PdfObject>>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

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

    private int Find(string key)
    {
        if (_index is not null)
        {
            return _index.TryGetValue(key, out int at) ? at : -1;
        }

        for (int i = 0; i < _entries.Length; i++)
        {
            string candidate = _entries[i].Key;
            if (ReferenceEquals(candidate, key) || string.Equals(candidate, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Lets the last of equal keys win in the place of the first, and drops null values.</summary>
    private static (KeyValuePair<string, PdfObject>[] Entries, Dictionary<string, int>? Index) Settle(KeyValuePair<string, PdfObject>[] given)
    {
        Dictionary<string, int>? index = given.Length >= IndexedFrom ? new(given.Length, StringComparer.Ordinal) : null;
        int count = 0;
        bool anyNull = false;
        for (int i = 0; i < given.Length; i++)
        {
            KeyValuePair<string, PdfObject> entry = given[i];
            anyNull |= entry.Value is PdfNull;
            int at = index is null ? Earlier(given.AsSpan(0, count), entry.Key) : index.GetValueOrDefault(entry.Key, -1);
            if (at < 0)
            {
                at = count++;
                index?.Add(entry.Key, at);
            }

            given[at] = entry;
        }

        if (anyNull)
        {
            return Settle([.. given.AsSpan(0, count).ToArray().Where(e => e.Value is not PdfNull)]);
        }

        return (count == given.Length ? given : given[..count], index);
    }

    private static int Earlier(ReadOnlySpan<KeyValuePair<string, PdfObject>> entries, string key)
    {
        for (int i = 0; i < entries.Length; i++)
        {
            if (string.Equals(entries[i].Key, key, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }
}
