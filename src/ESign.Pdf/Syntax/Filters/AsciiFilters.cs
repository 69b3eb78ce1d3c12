namespace ESign.Pdf.Syntax.Filters;

/// <summary>ASCIIHexDecode and ASCII85Decode (ISO 32000-2 §7.4.2, §7.4.3).</summary>
internal static class AsciiFilters
{
    public static ReadOnlyMemory<byte> DecodeHexadecimal(ReadOnlySpan<byte> encoded)
    {
        int end = encoded.IndexOf((byte)'>');
        return StringDecoder.Hexadecimal(end < 0 ? encoded : encoded[..end]);
    }

    public static ReadOnlyMemory<byte> Decode85(ReadOnlySpan<byte> encoded, int limit)
    {
        using var output = new OutputBuffer(Math.Max(64, encoded.Length));
        Span<byte> group = stackalloc byte[5];
        int count = 0;
        foreach (byte b in encoded)
        {
            if (b == '~')
            {
                break;
            }

            if (b == 'z' && count == 0)
            {
                output.Write("\0\0\0\0"u8);
            }
            else if (b is >= (byte)'!' and <= (byte)'u')
            {
                group[count++] = (byte)(b - '!');
                if (count == 5)
                {
                    Flush(output, group, 4);
                    count = 0;
                }
            }

            if (output.Length > limit)
            {
                throw StreamFilters.TooLarge(limit);
            }
        }

        if (count > 1)
        {
            group[count..].Fill(84);
            Flush(output, group, count - 1);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Flush(OutputBuffer output, ReadOnlySpan<byte> group, int bytes)
    {
        uint value = 0;
        foreach (byte digit in group)
        {
            value = unchecked((value * 85) + digit);
        }

        for (int i = 0; i < bytes; i++)
        {
            output.Write((byte)(value >> (24 - (8 * i))));
        }
    }
}
