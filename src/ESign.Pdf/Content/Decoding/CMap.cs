using System.Globalization;
using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>A character map read from a stream: codes to CIDs (an embedded encoding) or codes to text (a ToUnicode map).</summary>
/// <remarks>ISO 32000-2 §9.7.5 and §9.10.3; Adobe Technical Notes 5014 and 5411. Built by <see cref="CMapReader"/>.</remarks>
internal sealed class CMap
{
    /// <summary>A two-byte code space has 65,536 codes; a map with more single entries than four times that is hostile.</summary>
    private const int MaxEntries = 262_144;

    /// <summary>Ranges up to the size of one row of a two-byte code are unrolled, so that look-ups stay constant in time.</summary>
    private const int UnrolledRange = 256;

    /// <summary>A two-byte code space holds 256 longer ranges that do not overlap.</summary>
    private const int MaxLongRanges = 1024;

    private readonly Dictionary<uint, int> _cids = [];
    private readonly List<(uint Low, uint High, int Cid)> _cidRanges = [];
    private readonly Dictionary<uint, string> _texts = [];
    private readonly List<(uint Low, uint High, string First)> _textRanges = [];
    private int _entries;

    public CodeSpace CodeSpace { get; } = new();

    public bool IsVertical { get; set; }

    /// <summary>The name given to <c>usecmap</c>, if any.</summary>
    public string? BaseName { get; set; }

    /// <summary>The map this one builds on, where its stream was given (<c>/UseCMap</c>).</summary>
    public CMap? Base { get; set; }

    public bool MapsToText => _texts.Count + _textRanges.Count > 0;

    public void AddCid(uint code, int cid)
    {
        Spend();
        _cids[code] = cid;
    }

    public void AddCidRange(uint low, uint high, int cid)
    {
        if (high >= low && high - low < UnrolledRange)
        {
            for (uint i = 0; i <= high - low; i++)
            {
                AddCid(low + i, cid + (int)i);
            }
        }
        else if (high > low && _cidRanges.Count < MaxLongRanges)
        {
            _cidRanges.Add((low, high, cid));
        }
    }

    public void AddText(uint code, string text)
    {
        Spend();
        _texts[code] = text;
    }

    public void AddTextRange(uint low, uint high, string first)
    {
        if (high >= low && high - low < UnrolledRange)
        {
            for (uint i = 0; i <= high - low; i++)
            {
                AddText(low + i, Advance(first, i) ?? "");
            }
        }
        else if (high > low && _textRanges.Count < MaxLongRanges)
        {
            _textRanges.Add((low, high, first));
        }
    }

    public int? ToCid(uint code)
    {
        if (_cids.TryGetValue(code, out int cid))
        {
            return cid;
        }

        foreach ((uint low, uint high, int first) in _cidRanges)
        {
            if (code >= low && code <= high)
            {
                return (int)Math.Min(first + (long)(code - low), int.MaxValue);
            }
        }

        return Base?.ToCid(code);
    }

    public string? ToText(uint code)
    {
        if (_texts.TryGetValue(code, out string? text))
        {
            return text;
        }

        foreach ((uint low, uint high, string first) in _textRanges)
        {
            if (code >= low && code <= high)
            {
                return Advance(first, code - low);
            }
        }

        return Base?.ToText(code);
    }

    /// <summary>Only the last character of a range's text counts up (§9.10.3).</summary>
    private static string? Advance(string first, uint steps)
    {
        if (steps == 0 || first.Length == 0)
        {
            return first;
        }

        int lastLength = first.Length >= 2 && char.IsSurrogatePair(first, first.Length - 2) ? 2 : 1;
        int last = lastLength == 2 ? char.ConvertToUtf32(first, first.Length - 2) : first[^1];
        return Rune.TryCreate((int)Math.Min(last + (long)steps, int.MaxValue), out Rune rune)
            ? string.Concat(first.AsSpan(0, first.Length - lastLength), rune.ToString())
            : null;
    }

    private void Spend()
    {
        if (++_entries > MaxEntries)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"CMap 超过 {MaxEntries} 项 / a CMap has more than {MaxEntries} entries"), clause: "9.7.5");
        }
    }
}
