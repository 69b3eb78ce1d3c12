namespace ESign.Pdf.Syntax.Encryption;

/// <summary>RC4: read and written only because old encrypted PDFs use it (ISO 32000-2 §7.6.3.1, deprecated).</summary>
internal static class Rc4
{
    public static byte[] Transform(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> state = stackalloc byte[256];
        for (int i = 0; i < 256; i++)
        {
            state[i] = (byte)i;
        }

        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xFF;
            (state[i], state[j]) = (state[j], state[i]);
        }

        byte[] result = new byte[data.Length];
        for (int n = 0, a = 0, b = 0; n < data.Length; n++)
        {
            a = (a + 1) & 0xFF;
            b = (b + state[a]) & 0xFF;
            (state[a], state[b]) = (state[b], state[a]);
            result[n] = (byte)(data[n] ^ state[(state[a] + state[b]) & 0xFF]);
        }

        return result;
    }
}
