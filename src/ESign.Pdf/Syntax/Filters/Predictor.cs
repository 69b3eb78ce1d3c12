using System.Runtime.InteropServices;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax.Filters;

/// <summary>Undoes the predictors of FlateDecode and LZWDecode (ISO 32000-2 §7.4.4.4; PNG §9; TIFF 6.0 §14).</summary>
internal static class Predictor
{
    private const int Tiff = 2;
    private const int FirstPng = 10;

    /// <summary>Table 8 allows any positive number; beyond these no image exists.</summary>
    private const int MaxColumns = 1 << 20;

    public static ReadOnlyMemory<byte> Undo(ReadOnlyMemory<byte> data, PdfDictionary? parameters, IObjectResolver? resolver)
    {
        long predictor = Parameter(parameters, "Predictor", 1, resolver);
        if (predictor < Tiff || data.Length == 0)
        {
            return data;
        }

        long colors = Parameter(parameters, "Colors", 1, resolver);
        long bits = Parameter(parameters, "BitsPerComponent", 8, resolver);
        long columns = Parameter(parameters, "Columns", 1, resolver);
        if (colors is < 1 or > 64 || bits is not (1 or 2 or 4 or 8 or 16) || columns is < 1 or > MaxColumns)
        {
            throw new PdfFormatException(PdfErrorCode.Stream, $"预测器参数超出范围：Colors {colors}，BitsPerComponent {bits}，Columns {columns} / predictor parameters out of range: Colors {colors}, BitsPerComponent {bits}, Columns {columns}", clause: "7.4.4.4");
        }

        int rowBytes = (int)(((colors * bits * columns) + 7) / 8);
        int pixelBytes = (int)Math.Max(1, colors * bits / 8);
        // The data came out of a decoder, which made the array: undoing in place spoils nobody's bytes.
        Span<byte> bytes = MemoryMarshal.AsMemory(data).Span;
        if (predictor >= FirstPng)
        {
            return data[..UndoPng(bytes, rowBytes, pixelBytes)];
        }

        UndoTiff(bytes, rowBytes, (int)colors, (int)bits);
        return data;
    }

    private static long Parameter(PdfDictionary? parameters, string key, long otherwise, IObjectResolver? resolver)
    {
        PdfObject? value = parameters?[key];
        return (resolver is null || value is null ? value : resolver.Resolve(value)) is PdfInteger integer ? integer.Value : otherwise;
    }

    /// <summary>Each row is a filter-type byte and the row; rows are moved together as they are undone.</summary>
    private static int UndoPng(Span<byte> bytes, int rowBytes, int pixelBytes)
    {
        Span<byte> above = default;
        int written = 0;
        for (int read = 0; read + 1 < bytes.Length; read += rowBytes + 1)
        {
            byte type = bytes[read];
            int length = Math.Min(rowBytes, bytes.Length - read - 1);
            Span<byte> row = bytes.Slice(written, length);
            bytes.Slice(read + 1, length).CopyTo(row);
            UndoPngRow(type, row, above, pixelBytes);
            above = row;
            written += length;
        }

        return written;
    }

    private static void UndoPngRow(byte type, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        switch (type)
        {
            case 1:
                for (int i = pixelBytes; i < row.Length; i++)
                {
                    row[i] += row[i - pixelBytes];
                }

                break;
            case 2:
                for (int i = 0; i < row.Length && i < above.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (int i = 0; i < row.Length; i++)
                {
                    int left = i >= pixelBytes ? row[i - pixelBytes] : 0;
                    int up = i < above.Length ? above[i] : 0;
                    row[i] += (byte)((left + up) / 2);
                }

                break;
            case 4:
                for (int i = 0; i < row.Length; i++)
                {
                    int left = i >= pixelBytes ? row[i - pixelBytes] : 0;
                    int up = i < above.Length ? above[i] : 0;
                    int corner = i >= pixelBytes && i < above.Length ? above[i - pixelBytes] : 0;
                    row[i] += Paeth(left, up, corner);
                }

                break;
            default:
                break;
        }
    }

    private static byte Paeth(int left, int up, int corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left);
        int toUp = Math.Abs(estimate - up);
        int toCorner = Math.Abs(estimate - corner);
        return (byte)(toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
    }

    private static void UndoTiff(Span<byte> bytes, int rowBytes, int colors, int bits)
    {
        for (int start = 0; start < bytes.Length; start += rowBytes)
        {
            Span<byte> row = bytes[start..Math.Min(start + rowBytes, bytes.Length)];
            if (bits == 8)
            {
                for (int i = colors; i < row.Length; i++)
                {
                    row[i] += row[i - colors];
                }
            }
            else if (bits == 16)
            {
                for (int i = 2 * colors; i + 1 < row.Length; i += 2)
                {
                    int sum = ((row[i] << 8) | row[i + 1]) + ((row[i - (2 * colors)] << 8) | row[i - (2 * colors) + 1]);
                    (row[i], row[i + 1]) = ((byte)(sum >> 8), (byte)sum);
                }
            }
            else
            {
                UndoTiffBits(row, colors, bits);
            }
        }
    }

    private static void UndoTiffBits(Span<byte> row, int colors, int bits)
    {
        int mask = (1 << bits) - 1;
        Span<int> previous = stackalloc int[colors];
        previous.Clear();
        int samples = row.Length * 8 / bits;
        for (int i = 0; i < samples; i++)
        {
            int bit = i * bits;
            int shift = 8 - bits - (bit & 7);
            ref int last = ref previous[i % colors];
            last = (last + (row[bit >> 3] >> shift)) & mask;
            row[bit >> 3] = (byte)((row[bit >> 3] & ~(mask << shift)) | (last << shift));
        }
    }
}
