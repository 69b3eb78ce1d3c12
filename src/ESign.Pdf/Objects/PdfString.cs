using System.Buffers.Binary;
using System.Text;

namespace ESign.Pdf.Objects;

/// <summary>A string: bytes, with a note of how it was written (ISO 32000-2 §7.3.4).</summary>
internal sealed class PdfString(ReadOnlyMemory<byte> bytes, bool isHexadecimal = false) : PdfObject
{
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Whether it is (to be) written between angle brackets.</summary>
    public bool IsHexadecimal { get; } = isHexadecimal;

    /// <summary>A text string: PDFDocEncoding where ASCII suffices, else UTF-16BE with a byte-order mark (§7.9.2.2).</summary>
    public static PdfString Text(string text)
    {
        if (Ascii.IsValid(text))
        {
            return new PdfString(Encoding.ASCII.GetBytes(text));
        }

        byte[] bytes = new byte[2 + (text.Length * 2)];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, 0xFEFF);
        Encoding.BigEndianUnicode.GetBytes(text, bytes.AsSpan(2));
        return new PdfString(bytes);
    }

    /// <summary>A byte string written in hexadecimal.</summary>
    public static PdfString Hex(ReadOnlyMemory<byte> bytes) => new(bytes, isHexadecimal: true);

    /// <summary>The text of a text string: UTF-16BE or UTF-8 by their byte-order marks, else PDFDocEncoding.</summary>
    public string ToText()
    {
        ReadOnlySpan<byte> bytes = Bytes.Span;
        if (bytes is [0xFE, 0xFF, ..])
        {
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }

        if (bytes is [0xFF, 0xFE, ..])
        {
            return Encoding.Unicode.GetString(bytes[2..]);
        }

        return bytes is [0xEF, 0xBB, 0xBF, ..] ? Encoding.UTF8.GetString(bytes[3..]) : PdfDocEncoding.GetString(bytes);
    }

    public override bool Equals(object? obj) => obj is PdfString other && other.Bytes.Span.SequenceEqual(Bytes.Span);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => $"({ToText()})";
}
