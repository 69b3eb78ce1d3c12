using ESign.Pdf.Objects;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The widths and vertical metrics of a CIDFont, in units of the font size.</summary>
/// <remarks>ISO 32000-2 §9.7.4.3: <c>/W</c>, <c>/DW</c>, <c>/W2</c>, <c>/DW2</c>.</remarks>
internal sealed class CidWidths
{
    /// <summary>A collection has fewer than 65,536 CIDs; more single entries than twice that are hostile.</summary>
    private const int MaxEntries = 131_072;

    /// <summary>Ranges that are looked through one by one; shorter ones than 256 CIDs are unrolled.</summary>
    private const int MaxLongRanges = 1024;
    private const int UnrolledRange = 256;

    private readonly Dictionary<int, double> _widths = [];
    private readonly List<(int First, int Last, double Width)> _ranges = [];
    private readonly Dictionary<int, (double Advance, double X, double Y)> _vertical = [];
    private readonly List<(int First, int Last, (double Advance, double X, double Y) Metrics)> _verticalRanges = [];
    private readonly double _default;
    private readonly double _defaultOriginY;
    private readonly double _defaultAdvance;

    private CidWidths(IObjectResolver resolver, PdfDictionary font)
    {
        _default = resolver.Number(font["DW"], 1000) / 1000;
        PdfArray? vertical = resolver.Array(font["DW2"]);
        _defaultOriginY = vertical is { Count: >= 2 } ? resolver.Number(vertical[0], 880) / 1000 : 0.88;
        _defaultAdvance = vertical is { Count: >= 2 } ? -resolver.Number(vertical[1], -1000) / 1000 : 1;
    }

    public static CidWidths Read(IObjectResolver resolver, PdfDictionary font)
    {
        var widths = new CidWidths(resolver, font);
        widths.ReadHorizontal(resolver, resolver.Array(font["W"]) ?? PdfArray.Empty);
        widths.ReadVertical(resolver, resolver.Array(font["W2"]) ?? PdfArray.Empty);
        return widths;
    }

    /// <summary>Whether the font says nothing of its widths: all are one em, the default.</summary>
    public bool SaysNothing => _widths.Count == 0 && _ranges.Count == 0 && _default.Equals(1);

    public double WidthOf(int cid)
    {
        if (_widths.TryGetValue(cid, out double width))
        {
            return width;
        }

        foreach ((int first, int last, double all) in _ranges)
        {
            if (cid >= first && cid <= last)
            {
                return all;
            }
        }

        return _default;
    }

    /// <summary>How far a glyph moves the pen down, and the position vector from the horizontal to the vertical origin.</summary>
    public (double Advance, double X, double Y) VerticalOf(int cid)
    {
        if (_vertical.TryGetValue(cid, out (double, double, double) metrics))
        {
            return metrics;
        }

        foreach ((int first, int last, (double, double, double) all) in _verticalRanges)
        {
            if (cid >= first && cid <= last)
            {
                return all;
            }
        }

        return (_defaultAdvance, WidthOf(cid) / 2, _defaultOriginY);
    }

    private void ReadHorizontal(IObjectResolver resolver, PdfArray entries)
    {
        for (int i = 0; i + 1 < entries.Count;)
        {
            int first = resolver.Integer(entries[i], 0);
            if (resolver.Array(entries[i + 1]) is { } list)
            {
                for (int j = 0; j < list.Count && _widths.Count < MaxEntries; j++)
                {
                    _widths[first + j] = resolver.Number(list[j], 0) / 1000;
                }

                i += 2;
                continue;
            }

            if (i + 2 < entries.Count)
            {
                AddRange(_widths, _ranges, first, resolver.Integer(entries[i + 1], 0), resolver.Number(entries[i + 2], 0) / 1000);
            }

            i += 3;
        }
    }

    private void ReadVertical(IObjectResolver resolver, PdfArray entries)
    {
        for (int i = 0; i + 1 < entries.Count;)
        {
            int first = resolver.Integer(entries[i], 0);
            if (resolver.Array(entries[i + 1]) is { } list)
            {
                for (int j = 0; j + 2 < list.Count && _vertical.Count < MaxEntries; j += 3)
                {
                    _vertical[first + (j / 3)] = Metrics(resolver, list, j);
                }

                i += 2;
                continue;
            }

            if (i + 4 < entries.Count)
            {
                AddRange(_vertical, _verticalRanges, first, resolver.Integer(entries[i + 1], 0), Metrics(resolver, entries, i + 2));
            }

            i += 5;
        }
    }

    private static void AddRange<T>(Dictionary<int, T> single, List<(int First, int Last, T Value)> ranges, int first, int last, T value)
    {
        if ((long)last - first is >= 0 and < UnrolledRange && last < int.MaxValue && single.Count < MaxEntries)
        {
            for (int cid = first; cid <= last; cid++)
            {
                single[cid] = value;
            }
        }
        else if (last > first && ranges.Count < MaxLongRanges)
        {
            ranges.Add((first, last, value));
        }
    }

    private static (double Advance, double X, double Y) Metrics(IObjectResolver resolver, PdfArray array, int at) =>
        (-resolver.Number(array[at], -1000) / 1000, resolver.Number(array[at + 1], 500) / 1000, resolver.Number(array[at + 2], 880) / 1000);
}
