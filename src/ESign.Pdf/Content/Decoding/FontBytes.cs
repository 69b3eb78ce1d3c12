using System.Buffers.Binary;

namespace ESign.Pdf.Content.Decoding;

/// <summary>Big-endian reading from an embedded font program; whatever lies outside reads as zero.</summary>
/// <remarks>Subset font programs in PDF files are often cut or inconsistent, so nothing here throws.</remarks>
internal readonly struct FontBytes(ReadOnlyMemory<byte> bytes)
{
    public int Length => bytes.Length;

    public byte U8(long at) => at >= 0 && at < bytes.Length ? bytes.Span[(int)at] : (byte)0;

    public int U16(long at) => at >= 0 && at + 2 <= bytes.Length ? BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[(int)at..]) : 0;

    public int I16(long at) => (short)U16(at);

    public long U32(long at) => at >= 0 && at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[(int)at..]) : 0;

    /// <summary>An unsigned number of one to four bytes.</summary>
    public long Unsigned(long at, int size)
    {
        long value = 0;
        for (int i = 0; i < size; i++)
        {
            value = (value << 8) | U8(at + i);
        }

        return value;
    }

    public ReadOnlySpan<byte> Slice(long at, long length) =>
        at >= 0 && length >= 0 && at + length <= bytes.Length ? bytes.Span.Slice((int)at, (int)length) : default;
}
