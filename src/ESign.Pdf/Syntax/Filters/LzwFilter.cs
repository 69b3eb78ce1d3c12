namespace ESign.Pdf.Syntax.Filters;

/// <summary>LZWDecode (ISO 32000-2 §7.4.4.2): codes of 9 to 12 bits, most significant bit first.</summary>
internal static class LzwFilter
{
    private const int Clear = 256;
    private const int EndOfData = 257;
    private const int MaxCodes = 4096;

    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> encoded, bool earlyChange, int limit)
    {
        using var output = new OutputBuffer(Math.Max(1024, encoded.Length * 2));
        // A code stands for the output of the code before it plus one byte: it is kept as a place and a length in the output.
        Span<int> starts = new int[MaxCodes];
        Span<int> lengths = new int[MaxCodes];
        int next = EndOfData + 1;
        int width = 9;
        int previousStart = -1;
        int previousLength = 0;
        int early = earlyChange ? 1 : 0;
        var codes = new CodeReader(encoded);
        while (codes.TryRead(width, out int code) && code != EndOfData)
        {
            if (code == Clear)
            {
                (next, width, previousStart) = (EndOfData + 1, 9, -1);
                continue;
            }

            int start = output.Length;
            if (!Emit(output, code, next, starts, lengths, previousStart, previousLength))
            {
                break;
            }

            if (output.Length > limit)
            {
                throw StreamFilters.TooLarge(limit);
            }

            if (previousStart >= 0 && next < MaxCodes)
            {
                starts[next] = previousStart;
                lengths[next] = previousLength + 1;
                next++;
            }

            (previousStart, previousLength) = (start, output.Length - start);
            width = next + early >= 2048 ? 12 : next + early >= 1024 ? 11 : next + early >= 512 ? 10 : 9;
        }

        return output.WrittenSpan.ToArray();
    }

    private static bool Emit(OutputBuffer output, int code, int next, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, int previousStart, int previousLength)
    {
        if (code < Clear)
        {
            output.Write((byte)code);
            return true;
        }

        // The code just being defined: the previous output and its own first byte.
        (int from, int length) = code < next ? (starts[code], lengths[code]) : (previousStart, previousLength + 1);
        if (code > next || from < 0)
        {
            return false;
        }

        output.GetSpan(length);
        for (int i = 0; i < length; i++)
        {
            output.Write(output.WrittenSpan[from + i]);
        }

        return true;
    }

    /// <summary>Codes of varying width, most significant bit first.</summary>
    private ref struct CodeReader(ReadOnlySpan<byte> encoded)
    {
        private readonly ReadOnlySpan<byte> _encoded = encoded;
        private uint _bits;
        private int _available;
        private int _at;

        public bool TryRead(int width, out int code)
        {
            while (_available < width && _at < _encoded.Length)
            {
                _bits = (_bits << 8) | _encoded[_at++];
                _available += 8;
            }

            _available -= width;
            code = _available < 0 ? 0 : (int)(_bits >> _available) & ((1 << width) - 1);
            return _available >= 0;
        }
    }
}
