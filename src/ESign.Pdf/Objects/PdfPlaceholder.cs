namespace ESign.Pdf.Objects;

/// <summary>
/// A token of fixed width whose value is known only when the bytes around it are: <c>/ByteRange</c> and <c>/Contents</c>
/// of a signature (ISO 32000-2 §12.8.1). The writer notes where it put it, so that it can be patched.
/// </summary>
/// <remarks>Compared by identity. Its bytes are never encrypted (§7.6.2).</remarks>
internal sealed class PdfPlaceholder : PdfObject
{
    private PdfPlaceholder(int width, bool isContents)
    {
        Width = width;
        IsContents = isContents;
    }

    /// <summary>The number of bytes in the file, delimiters included.</summary>
    public int Width { get; }

    /// <summary>Whether it is a hexadecimal string; otherwise an array of four integers.</summary>
    public bool IsContents { get; }

    /// <summary>Room for <c>[0 a b c]</c> with three numbers of up to 19 digits: any 64-bit offset fits.</summary>
    public static PdfPlaceholder ByteRange() => new("[0 "u8.Length + (3 * 19) + 2 + 1, isContents: false);

    /// <summary>Room for a hexadecimal string of <paramref name="byteCount"/> bytes, filled with zeros.</summary>
    public static PdfPlaceholder Contents(int byteCount) => new(checked((byteCount * 2) + 2), isContents: true);

    /// <summary>Fills the room with a value that is valid PDF before patching.</summary>
    public void WriteInitial(Span<byte> destination)
    {
        if (IsContents)
        {
            destination.Fill((byte)'0');
            destination[0] = (byte)'<';
            destination[Width - 1] = (byte)'>';
        }
        else
        {
            destination.Fill((byte)' ');
            "[0 0 0 0"u8.CopyTo(destination);
            destination[Width - 1] = (byte)']';
        }
    }

    public override string ToString() => IsContents ? $"<{(Width - 2) / 2} bytes>" : "[byte range]";
}
