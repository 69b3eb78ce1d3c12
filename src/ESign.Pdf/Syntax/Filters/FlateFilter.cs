using System.IO.Compression;
using System.Runtime.InteropServices;

namespace ESign.Pdf.Syntax.Filters;

/// <summary>FlateDecode (ISO 32000-2 §7.4.4; RFC 1950, RFC 1951).</summary>
/// <remarks>As the common readers do, keeps what came out before damage, and tries raw deflate when the zlib header is wrong.</remarks>
internal static class FlateFilter
{
    /// <summary>Inflates, up to a limit.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> encoded, int limit)
    {
        if (encoded.Length == 0)
        {
            return encoded;
        }

        using var output = new ChunkedOutput((int)Math.Min(encoded.Length * 3L, int.MaxValue));
        if (!TryInflate(encoded, raw: false, limit, output) && output.Length == 0)
        {
            // A zlib header is two bytes; where it is wrong the data may still be sound behind it.
            bool sound = encoded.Length > 2 && TryInflate(encoded[2..], raw: true, limit, output);
            if (!sound && output.Length == 0)
            {
                throw new PdfFormatException(PdfErrorCode.Stream, "FlateDecode 数据已损坏 / FlateDecode data is damaged", clause: "7.4.4");
            }
        }

        return output.ToArray();
    }

    public static byte[] Encode(ReadOnlySpan<byte> data)
    {
        using var result = new MemoryStream(data.Length / 2);
        using (var zlib = new ZLibStream(result, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(data);
        }

        return result.ToArray();
    }

    private static bool TryInflate(ReadOnlyMemory<byte> encoded, bool raw, int limit, ChunkedOutput output)
    {
        using Stream input = MemoryMarshal.TryGetArray(encoded, out ArraySegment<byte> segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(encoded.ToArray(), writable: false);
        using Stream inflater = raw ? new DeflateStream(input, CompressionMode.Decompress) : new ZLibStream(input, CompressionMode.Decompress);
        try
        {
            while (true)
            {
                int read = inflater.Read(output.GetSpan());
                if (read == 0)
                {
                    return true;
                }

                output.Advance(read);
                if (output.Length > limit)
                {
                    throw StreamFilters.TooLarge(limit);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // IOException: zlib's own complaint, for example about a preset dictionary (RFC 1950 §2.2).
            return false;
        }
    }
}
