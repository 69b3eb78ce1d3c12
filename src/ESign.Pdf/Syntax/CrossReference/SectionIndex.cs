namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>
/// Which sections have an entry for an object, and which trailers a key. Looking through thousands of updates one by one,
/// for every object of every revision, would take the square of their number.
/// </summary>
internal sealed class SectionIndex
{
    /// <summary>Entries indexed, at eight bytes each; sections beyond are looked into one by one, and few files have any.</summary>
    private const int MaxEntries = 1_000_000;

    private const int SectionBits = 16;

    /// <summary>Object number and section, sorted: the newest section of a number comes first.</summary>
    private readonly long[] _entries;

    /// <summary>The sections that are not indexed, newest first.</summary>
    private readonly List<int> _searched = [];

    private readonly XrefSection[] _sections;
    private readonly Dictionary<string, int[]> _keys = new(StringComparer.Ordinal);

    /// <param name="sections">All sections of the file, newest first.</param>
    public SectionIndex(XrefSection[] sections)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sections.Length, 1 << SectionBits);
        _sections = sections;
        var entries = new List<long>();
        for (int i = 0; i < sections.Length; i++)
        {
            if (entries.Count + sections[i].EntryCount > MaxEntries)
            {
                _searched.Add(i);
                continue;
            }

            foreach (int number in sections[i].Numbers())
            {
                entries.Add(Entry(number, i));
            }
        }

        _entries = [.. entries];
        Array.Sort(_entries);
    }

    /// <summary>The first section from a given one on, towards older ones, that may have an entry for an object; -1 when there is none.</summary>
    public int Next(int number, int from)
    {
        int at = Array.BinarySearch(_entries, Entry(number, from));
        at = at < 0 ? ~at : at;
        int indexed = at < _entries.Length && _entries[at] >> SectionBits == number ? (int)(_entries[at] & ((1 << SectionBits) - 1)) : int.MaxValue;
        int searched = _searched.Count == 0 ? -1 : _searched.BinarySearch(from);
        searched = _searched.Count == 0 ? int.MaxValue : searched >= 0 ? from : ~searched < _searched.Count ? _searched[~searched] : int.MaxValue;
        int next = Math.Min(indexed, searched);
        return next == int.MaxValue ? -1 : next;
    }

    /// <summary>The first section from a given one on, towards older ones, whose trailer has a key; -1 when there is none.</summary>
    public int NextWithKey(string key, int from)
    {
        if (!_keys.TryGetValue(key, out int[]? next))
        {
            next = new int[_sections.Length];
            for (int i = next.Length - 1; i >= 0; i--)
            {
                next[i] = _sections[i].Trailer.ContainsKey(key) ? i : i + 1 < next.Length ? next[i + 1] : -1;
            }

            _keys.Add(key, next);
        }

        return next[from];
    }

    private static long Entry(int number, int section) => ((long)number << SectionBits) | (uint)section;
}
