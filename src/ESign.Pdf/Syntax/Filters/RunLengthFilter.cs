namespace ESign.Pdf.Syntax.Filters;

/// <summary>RunLengthDecode (ISO 32000-2 §7.4.5): measured first, so that a bomb is refused before it costs anything.</summary>
internal static class RunLengthFilter
{
    private const int EndOfData = 128;

    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> encoded, int limit)
    {
        long length = Run(encoded, default, measureOnly: true);
        if (length > limit)
        {
            throw StreamFilters.TooLarge(limit);
        }

        byte[] result = GC.AllocateUninitializedArray<byte>((int)length);
        Run(encoded, result, measureOnly: false);
        return result;
    }

    private static long Run(ReadOnlySpan<byte> encoded, Span<byte> destination, bool measureOnly)
    {
        long written = 0;
        for (int i = 0; i < encoded.Length && encoded[i] != EndOfData;)
        {
            int length = encoded[i++];
            bool isCopy = length < EndOfData;
            int count = isCopy ? Math.Min(length + 1, encoded.Length - i) : i < encoded.Length ? 257 - length : 0;
            if (!measureOnly && isCopy)
            {
                encoded.Slice(i, count).CopyTo(destination[(int)written..]);
            }
            else if (!measureOnly && count > 0)
            {
                destination.Slice((int)written, count).Fill(encoded[i]);
            }

            i += isCopy ? count : 1;
            written += count;
        }

        return written;
    }
}
