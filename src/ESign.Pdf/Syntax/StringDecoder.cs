namespace ESign.Pdf.Syntax;

/// <summary>Turns the text of name and string tokens into what they mean (ISO 32000-2 §7.3.4, §7.3.5).</summary>
internal static class StringDecoder
{
    /// <summary>A name with its <c>#xx</c> escapes decoded, one char per byte.</summary>
    public static string Name(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'#'))
        {
            return KnownNames.Get(text);
        }

        byte[] decoded = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '#' && i + 2 < text.Length && CharacterClass.HexValue(text[i + 1]) is >= 0 and int high && CharacterClass.HexValue(text[i + 2]) is >= 0 and int low)
            {
                decoded[length++] = (byte)((high << 4) | low);
                i += 2;
            }
            else
            {
                decoded[length++] = text[i];
            }
        }

        return KnownNames.Get(decoded.AsSpan(0, length));
    }

    /// <summary>The bytes of a hexadecimal string; what is not a digit is skipped, an odd last digit is its high half.</summary>
    public static byte[] Hexadecimal(ReadOnlySpan<byte> text)
    {
        int digits = 0;
        foreach (byte b in text)
        {
            digits += CharacterClass.HexValue(b) >= 0 ? 1 : 0;
        }

        byte[] bytes = new byte[(digits + 1) / 2];
        Hexadecimal(text, bytes);
        return bytes;
    }

    /// <summary>Decodes a hexadecimal string into a buffer of at least half its length, rounded up; returns the number of bytes.</summary>
    public static int Hexadecimal(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int n = 0;
        foreach (byte b in text)
        {
            if (CharacterClass.HexValue(b) is >= 0 and int value)
            {
                bytes[n >> 1] = (byte)((n & 1) == 0 ? value << 4 : bytes[n >> 1] | value);
                n++;
            }
        }

        return (n + 1) / 2;
    }

    /// <summary>The bytes of a literal string (table 3 escapes; an end-of-line is always a line feed).</summary>
    public static byte[] Literal(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny((byte)'\\', (byte)'\r') < 0)
        {
            return text.ToArray();
        }

        byte[] bytes = new byte[text.Length];
        return bytes.AsSpan(0, Literal(text, bytes)).ToArray();
    }

    /// <summary>Decodes a literal string into a buffer of at least its length; returns the number of bytes.</summary>
    public static int Literal(ReadOnlySpan<byte> text, Span<byte> bytes)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == '\\')
            {
                i = Escape(text, i + 1, bytes, ref length);
            }
            else if (b == '\r')
            {
                bytes[length++] = (byte)'\n';
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else
            {
                bytes[length++] = b;
            }
        }

        return length;
    }

    /// <summary>Decodes the escape whose first character is at <paramref name="i"/>; returns the index of its last one.</summary>
    private static int Escape(ReadOnlySpan<byte> text, int i, Span<byte> bytes, ref int length)
    {
        if (i >= text.Length)
        {
            return i;
        }

        byte b = text[i];
        if (b is >= (byte)'0' and <= (byte)'7')
        {
            int value = b - '0';
            for (int n = 0; n < 2 && i + 1 < text.Length && text[i + 1] is >= (byte)'0' and <= (byte)'7'; n++)
            {
                value = (value << 3) | (text[++i] - '0');
            }

            bytes[length++] = (byte)value;
            return i;
        }

        switch (b)
        {
            case (byte)'\n':
                break;
            case (byte)'\r':
                return i + 1 < text.Length && text[i + 1] == '\n' ? i + 1 : i;
            default:
                bytes[length++] = b switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'r' => (byte)'\r',
                    (byte)'t' => (byte)'\t',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    _ => b,
                };
                break;
        }

        return i;
    }
}
