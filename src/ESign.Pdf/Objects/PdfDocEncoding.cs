namespace ESign.Pdf.Objects;

/// <summary>The encoding of text strings that carry no byte-order mark (ISO 32000-2 annex D.2).</summary>
internal static class PdfDocEncoding
{
    private const string High18 = "\u02D8\u02C7\u02C6\u02D9\u02DD\u02DB\u02DA\u02DC";

    private const string High80 =
        "\u2022\u2020\u2021\u2026\u2014\u2013\u0192\u2044\u2039\u203A\u2212\u2030\u201E\u201C\u201D\u2018" +
        "\u2019\u201A\u2122\uFB01\uFB02\u0141\u0152\u0160\u0178\u017D\u0131\u0142\u0153\u0161\u017E\uFFFD\u20AC";

    public static string GetString(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            byte b = bytes[i];
            text[i] = b switch
            {
                >= 0x18 and <= 0x1F => High18[b - 0x18],
                >= 0x80 and <= 0xA0 => High80[b - 0x80],
                _ => (char)b,
            };
        }

        return new string(text);
    }

    /// <summary>Encodes text; a character the encoding lacks becomes <c>?</c>.</summary>
    public static byte[] GetBytes(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            char c = text[i];
            int at = High80.IndexOf(c, StringComparison.Ordinal);
            int low = High18.IndexOf(c, StringComparison.Ordinal);
            bytes[i] = at >= 0 ? (byte)(0x80 + at) : low >= 0 ? (byte)(0x18 + low) : c <= 0xFF ? (byte)c : (byte)'?';
        }

        return bytes;
    }
}
