namespace ESign.Pdf.Syntax.Filters;

/// <summary>RunLengthDecode (ISO 32000-2 §7.4.5).</summary>
internal static class RunLengthFilter
{
    private const int EndOfData = 128;

    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> encoded, int limit)
    {
        using var output = new OutputBuffer(Math.Max(64, encoded.Length * 2));
        for (int i = 0; i < encoded.Length && encoded[i] != EndOfData;)
        {
            int length = encoded[i++];
            if (length < EndOfData)
            {
                int count = Math.Min(length + 1, encoded.Length - i);
                output.Write(encoded.Slice(i, count));
                i += count;
            }
            else if (i < encoded.Length)
            {
                int count = 257 - length;
                output.GetSpan(count)[..count].Fill(encoded[i++]);
                output.Advance(count);
            }

            if (output.Length > limit)
            {
                throw StreamFilters.TooLarge(limit);
            }
        }

        return output.WrittenSpan.ToArray();
    }
}
