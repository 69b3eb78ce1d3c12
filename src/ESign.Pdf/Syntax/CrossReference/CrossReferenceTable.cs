using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>All cross-reference sections of a file, newest first, seen as one table.</summary>
internal sealed class CrossReferenceTable
{
    /// <summary>Up to so many sections are looked through faster than they are indexed.</summary>
    private const int IndexedFrom = 33;

    private readonly ByteSource _source;
    private readonly XrefSection[] _all;
    private readonly int _first;

    /// <summary>Covers all but the newest <see cref="_unindexed"/> sections.</summary>
    private readonly Lazy<SectionIndex>? _index;
    private readonly int _unindexed;

    /// <param name="source">The file.</param>
    /// <param name="sections">Newest first.</param>
    /// <param name="shift">What offsets count from.</param>
    /// <param name="known">The table before the newest sections were appended, whose index is used as long as they are few.</param>
    public CrossReferenceTable(ByteSource source, IEnumerable<XrefSection> sections, long shift, CrossReferenceTable? known = null)
    {
        _source = source;
        _all = [.. sections];
        Shift = shift;
        Sections = _all;
        if (known is { _index: not null, _first: 0 } && known._unindexed + _all.Length - known._all.Length is >= 0 and < IndexedFrom and int unindexed)
        {
            _index = known._index;
            _unindexed = unindexed;
        }
        else if (_all.Length >= IndexedFrom)
        {
            _index = new Lazy<SectionIndex>(() => new SectionIndex(_all));
        }
    }

    private CrossReferenceTable(CrossReferenceTable whole, int newest)
    {
        _source = whole._source;
        _all = whole._all;
        _first = whole._first + newest;
        _index = whole._index;
        _unindexed = whole._unindexed;
        Shift = whole.Shift;
        Sections = new ArraySegment<XrefSection>(_all, _first, _all.Length - _first);
    }

    /// <summary>The sections, newest first.</summary>
    public IReadOnlyList<XrefSection> Sections { get; }

    /// <summary>What offsets in the file count from: the position of <c>%PDF</c>, or 0.</summary>
    public long Shift { get; }

    /// <summary>The highest object number any section has an entry for; -1 when none has any.</summary>
    public int HighestNumber => Sections.Max(section => Math.Max(section.HighestNumber, section.Beside?.HighestNumber ?? -1));

    /// <summary>The newest entry of an object; free when there is none.</summary>
    public XrefEntry Find(int number)
    {
        for (int i = Next(number, _first); i >= 0; i = Next(number, i + 1))
        {
            if (_all[i].TryFind(number, _source, Shift, out XrefEntry entry))
            {
                return entry;
            }
        }

        return XrefEntry.Free;
    }

    /// <summary>The table as it was before the newest sections were appended.</summary>
    public CrossReferenceTable Skip(int newest) => new(this, newest);

    /// <summary>
    /// The newest trailer, completed from older ones: some writers leave <c>/Root</c>, <c>/Encrypt</c>, <c>/ID</c> or
    /// <c>/Info</c> out of later trailers.
    /// </summary>
    public PdfDictionary MergedTrailer()
    {
        PdfDictionary trailer = Sections[0].Trailer;
        foreach (string key in (ReadOnlySpan<string>)["Root", "Encrypt", "ID", "Info"])
        {
            if (!trailer.ContainsKey(key) && FirstWithKey(key) is { } value)
            {
                trailer = trailer.With(key, value);
            }
        }

        return trailer;
    }

    private int Next(int number, int from)
    {
        if (from >= _all.Length)
        {
            return -1;
        }

        if (_index is null || from < _unindexed)
        {
            return from;
        }

        int next = _index.Value.Next(number, from - _unindexed);
        return next < 0 ? -1 : next + _unindexed;
    }

    private PdfObject? FirstWithKey(string key)
    {
        int searched = _index is null ? _all.Length : _unindexed;
        for (int i = _first; i < searched; i++)
        {
            if (_all[i].Trailer[key] is { } value)
            {
                return value;
            }
        }

        return _index is not null && _index.Value.NextWithKey(key, Math.Max(_first - _unindexed, 0)) is >= 0 and int at ? _all[at + _unindexed].Trailer[key] : null;
    }
}
