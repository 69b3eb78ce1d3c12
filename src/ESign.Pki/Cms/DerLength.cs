using System.Numerics;

namespace ESign.Pki.Cms;

/// <summary>Length octets of DER (X.690 §8.1.3 and §10.1), for writers that know all sizes beforehand.</summary>
internal static class DerLength
{
    /// <summary>One octet that counts and four that tell: lengths of an <see cref="int"/>.</summary>
    public const int MaximumSize = 5;

    /// <summary>How many octets the length itself takes.</summary>
    public static int Size(int length) => length < 0x80 ? 1 : 1 + ((BitOperations.Log2((uint)length) / 8) + 1);

    /// <summary>The size of a value with a one-octet tag.</summary>
    public static int Total(int contentLength) => 1 + Size(contentLength) + contentLength;

    /// <summary>Writes the length and returns how many octets it took.</summary>
    public static int Write(Span<byte> destination, int length)
    {
        if (length < 0x80)
        {
            destination[0] = (byte)length;
            return 1;
        }

        int octets = (BitOperations.Log2((uint)length) / 8) + 1;
        destination[0] = (byte)(0x80 | octets);
        for (int i = octets; i > 0; i--, length >>= 8)
        {
            destination[i] = (byte)length;
        }

        return octets + 1;
    }

    /// <summary>Writes a one-octet tag and a length, and returns what follows them.</summary>
    public static Span<byte> WriteHeader(Span<byte> destination, byte tag, int contentLength)
    {
        destination[0] = tag;
        return destination[(1 + Write(destination[1..], contentLength))..];
    }
}
