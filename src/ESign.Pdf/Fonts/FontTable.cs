using System.Buffers.Binary;

namespace ESign.Pdf.Fonts;

/// <summary>One table of an sfnt font, read big-endian and never past its end (OpenType 1.9, "Data types").</summary>
internal readonly struct FontTable(ReadOnlyMemory<byte> bytes, string tag)
{
    public int Length => bytes.Length;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public byte U8(long offset) => Span(offset, 1)[0];

    public ushort U16(long offset) => BinaryPrimitives.ReadUInt16BigEndian(Span(offset, 2));

    public short I16(long offset) => BinaryPrimitives.ReadInt16BigEndian(Span(offset, 2));

    public uint U32(long offset) => BinaryPrimitives.ReadUInt32BigEndian(Span(offset, 4));

    public FontTable Slice(long offset, long length) => new(Memory(offset, length), tag);

    public FontTable From(long offset) => Slice(offset, Math.Max(0, bytes.Length - offset));

    public ReadOnlySpan<byte> Span(long offset, long length) => Memory(offset, length).Span;

    public ReadOnlyMemory<byte> Memory(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > bytes.Length || length > bytes.Length - offset)
        {
            throw Error($"table '{tag}' ends at {bytes.Length}, {length} bytes at {offset} are asked for");
        }

        return bytes.Slice((int)offset, (int)length);
    }

    public static PdfFormatException Error(string message) => new(PdfErrorCode.Font, message, clause: "9.9");
}
