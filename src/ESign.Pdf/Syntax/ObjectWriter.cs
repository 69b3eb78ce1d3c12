using System.Globalization;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>Writes objects as bytes, compactly: a space only where two tokens would run together.</summary>
/// <remarks>ISO 32000-2 §7.3. Streams get their true <c>/Length</c>. Names escape what is not a printable regular character.</remarks>
internal sealed class ObjectWriter(OutputBuffer output, long startOffset = 0, IObjectCipher? cipher = null)
{
    /// <summary>Beyond this a real's decimal digits stop meaning anything; readers hold coordinates as floats.</summary>
    private const double LargestReal = 1e15;

    private readonly List<(PdfPlaceholder Placeholder, long Offset)> _placeholders = [];
    private IObjectCipher? _cipher;
    private int _number;
    private int _generation;

    /// <summary>Where each placeholder was put: offsets in the finished file.</summary>
    public IReadOnlyList<(PdfPlaceholder Placeholder, long Offset)> Placeholders => _placeholders;

    /// <summary>The offset in the finished file of the next byte.</summary>
    public long Position => startOffset + output.Length;

    /// <summary>An object's bytes by themselves.</summary>
    public static byte[] ToBytes(PdfObject value)
    {
        using var buffer = new OutputBuffer();
        new ObjectWriter(buffer).Write(value);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes <c>N G obj … endobj</c>; strings and streams are encrypted if there is a cipher and it applies.</summary>
    public void WriteIndirect(PdfReference reference, PdfObject value, bool encrypt = true)
    {
        (_number, _generation, _cipher) = (reference.Number, reference.Generation, encrypt ? cipher : null);
        output.Write((long)reference.Number);
        output.Write((byte)' ');
        output.Write((long)reference.Generation);
        output.Write(" obj\n"u8);
        Write(value);
        output.Write("\nendobj\n"u8);
        _cipher = null;
    }

    /// <summary>Writes a direct object (a stream too: its dictionary and data).</summary>
    public void Write(PdfObject value)
    {
        switch (value)
        {
            case PdfInteger integer:
                output.Write(integer.Value);
                break;
            case PdfReal real:
                WriteReal(real.Value);
                break;
            case PdfName name:
                WriteName(name.Value);
                break;
            case PdfString text:
                WriteString(text);
                break;
            case PdfReference reference:
                output.Write((long)reference.Number);
                output.Write((byte)' ');
                output.Write((long)reference.Generation);
                output.Write(" R"u8);
                break;
            case PdfDictionary dictionary:
                WriteDictionary(dictionary);
                break;
            case PdfArray array:
                WriteArray(array);
                break;
            case PdfStream stream:
                WriteStream(stream);
                break;
            case PdfBoolean boolean:
                output.Write(boolean.Value ? "true"u8 : "false"u8);
                break;
            case PdfPlaceholder placeholder:
                WritePlaceholder(placeholder);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    /// <summary>A real in decimal notation with at most six places; never an exponent (§7.3.3).</summary>
    public void WriteReal(double value)
    {
        double bounded = double.IsFinite(value) ? Math.Clamp(value, -LargestReal, LargestReal) : 0;
        Span<byte> digits = output.GetSpan(32);
        bounded.TryFormat(digits, out int written, "0.######", CultureInfo.InvariantCulture);
        if (digits[..written].SequenceEqual("-0"u8))
        {
            digits[0] = (byte)'0';
            written = 1;
        }

        output.Advance(written);
    }

    public void WriteName(string value)
    {
        output.Write((byte)'/');
        foreach (char c in value)
        {
            byte b = (byte)c;
            if (b is > 0x20 and < 0x7F && b != '#' && !CharacterClass.IsDelimiter(b))
            {
                output.Write(b);
            }
            else
            {
                output.Write((byte)'#');
                output.Write(CharacterClass.HexDigit(b >> 4));
                output.Write(CharacterClass.HexDigit(b));
            }
        }
    }

    private void WriteArray(PdfArray array)
    {
        output.Write((byte)'[');
        for (int i = 0; i < array.Count; i++)
        {
            if (i > 0 && NeedsSpace(array[i], array[i - 1]))
            {
                output.Write((byte)' ');
            }

            Write(array[i]);
        }

        output.Write((byte)']');
    }

    private void WriteDictionary(PdfDictionary dictionary)
    {
        output.Write("<<"u8);
        foreach ((string key, PdfObject value) in dictionary.AsSpan())
        {
            WriteEntry(key, value);
        }

        output.Write(">>"u8);
    }

    private void WriteEntry(string key, PdfObject value)
    {
        WriteName(key);
        if (!StartsWithDelimiter(value))
        {
            output.Write((byte)' ');
        }

        Write(value);
    }

    private void WriteStream(PdfStream stream)
    {
        ReadOnlyMemory<byte> data = stream.Data.ToMemory();
        if (_cipher is not null)
        {
            data = _cipher.EncryptStream(data.Span, _number, _generation);
        }

        output.Write("<<"u8);
        foreach ((string key, PdfObject value) in stream.Dictionary.AsSpan())
        {
            if (!string.Equals(key, "Length", StringComparison.Ordinal))
            {
                WriteEntry(key, value);
            }
        }

        output.Write("/Length "u8);
        output.Write((long)data.Length);
        output.Write(">>\nstream\n"u8);
        output.Write(data.Span);
        output.Write("\nendstream"u8);
    }

    private void WritePlaceholder(PdfPlaceholder placeholder)
    {
        _placeholders.Add((placeholder, Position));
        placeholder.WriteInitial(output.GetSpan(placeholder.Width)[..placeholder.Width]);
        output.Advance(placeholder.Width);
    }

    private void WriteString(PdfString text)
    {
        ReadOnlySpan<byte> bytes = text.Bytes.Span;
        if (_cipher is not null)
        {
            WriteHexadecimal(_cipher.EncryptString(bytes, _number, _generation));
        }
        else if (text.IsHexadecimal)
        {
            WriteHexadecimal(bytes);
        }
        else
        {
            WriteLiteral(bytes);
        }
    }

    private void WriteHexadecimal(ReadOnlySpan<byte> bytes)
    {
        Span<byte> span = output.GetSpan((bytes.Length * 2) + 2);
        span[0] = (byte)'<';
        int at = 1;
        foreach (byte b in bytes)
        {
            span[at++] = CharacterClass.HexDigit(b >> 4);
            span[at++] = CharacterClass.HexDigit(b);
        }

        span[at++] = (byte)'>';
        output.Advance(at);
    }

    /// <summary>Escapes parentheses, backslash and CR; other bytes stand for themselves (§7.3.4.2).</summary>
    private void WriteLiteral(ReadOnlySpan<byte> bytes)
    {
        output.Write((byte)'(');
        while (bytes.Length > 0)
        {
            int plain = bytes.IndexOfAny("()\\\r"u8);
            output.Write(plain < 0 ? bytes : bytes[..plain]);
            if (plain < 0)
            {
                break;
            }

            output.Write((byte)'\\');
            output.Write(bytes[plain] == '\r' ? (byte)'r' : bytes[plain]);
            bytes = bytes[(plain + 1)..];
        }

        output.Write((byte)')');
    }

    private static bool StartsWithDelimiter(PdfObject value) => value is PdfName or PdfString or PdfArray or PdfDictionary or PdfPlaceholder;

    private static bool NeedsSpace(PdfObject next, PdfObject previous) => !StartsWithDelimiter(next) && previous is not (PdfString or PdfArray or PdfDictionary or PdfPlaceholder);
}
