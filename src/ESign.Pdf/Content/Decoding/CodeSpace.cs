namespace ESign.Pdf.Content.Decoding;

/// <summary>The codespace ranges of a CMap: how many bytes the next code has.</summary>
/// <remarks>ISO 32000-2 §9.7.6.3 with Adobe Technical Note 5014: each byte is compared with the range of its own position.</remarks>
internal sealed class CodeSpace
{
    /// <summary>CMaps in use declare a handful; beyond this the file is hostile.</summary>
    private const int MaxRanges = 256;

    private readonly List<(int Length, uint Low, uint High)> _ranges = [];

    public bool IsEmpty => _ranges.Count == 0;

    public void Add(int length, uint low, uint high)
    {
        if (length is >= 1 and <= 4 && _ranges.Count < MaxRanges)
        {
            _ranges.Add((length, low, high));
        }
    }

    /// <summary>The code at the start of the bytes and its length; a byte no range explains is taken with the shortest length.</summary>
    public int Read(ReadOnlySpan<byte> text, out uint code)
    {
        code = 0;
        int longest = Math.Min(4, text.Length);
        for (int length = 1; length <= longest; length++)
        {
            code = (code << 8) | text[length - 1];
            if (Contains(code, length))
            {
                return length;
            }
        }

        int shortest = Math.Min(Shortest(), text.Length);
        code = 0;
        for (int i = 0; i < shortest; i++)
        {
            code = (code << 8) | text[i];
        }

        return shortest;
    }

    private bool Contains(uint code, int length)
    {
        foreach ((int rangeLength, uint low, uint high) in _ranges)
        {
            if (rangeLength == length && IsWithin(code, low, high, length))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWithin(uint code, uint low, uint high, int length)
    {
        for (int shift = 0; shift < length * 8; shift += 8)
        {
            uint octet = (code >> shift) & 0xFF;
            if (octet < ((low >> shift) & 0xFF) || octet > ((high >> shift) & 0xFF))
            {
                return false;
            }
        }

        return true;
    }

    private int Shortest()
    {
        int shortest = _ranges.Count == 0 ? 1 : 4;
        foreach ((int length, _, _) in _ranges)
        {
            shortest = Math.Min(shortest, length);
        }

        return shortest;
    }
}
