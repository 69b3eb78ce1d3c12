using System.Globalization;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>Reads objects at file offsets through a window that grows until the object fits.</summary>
internal sealed class IndirectObjectReader(ByteSource source, ReaderLimits limits)
{
    private const int FirstWindow = 1024;

    private readonly ObjectReader _objects = new(limits);
    private long _budget = limits.ReadingBudget + (limits.ReadingBudgetPerByte * source.Length);

    /// <summary>Reads <c>N G obj</c> and the object after it.</summary>
    /// <exception cref="PdfFormatException">There is none at this offset, or it is malformed.</exception>
    public IndirectObject ReadAt(long offset) => Grow(offset, isIndirect: true);

    /// <summary>Reads a direct object, such as a trailer dictionary.</summary>
    public IndirectObject ReadDirectAt(long offset) => Grow(offset, isIndirect: false);

    /// <summary>The file has grown, and with it what reading it may cost.</summary>
    public void Allow(long appended) => _budget += limits.ReadingBudgetPerByte * appended;

    /// <summary>
    /// The end of stream data that begins at <paramref name="start"/>: what <c>/Length</c> says if <c>endstream</c> is
    /// there, else the next <c>endstream</c> (§7.3.8.1; lying lengths are the commonest damage).
    /// </summary>
    public long FindStreamLength(long start, long? declared)
    {
        if (declared is >= 0 and long length && length <= source.Length - start && FollowsEndStream(start + length))
        {
            return length;
        }

        long end = source.IndexOf("endstream"u8, start, source.Length);
        Spend((end < 0 ? source.Length : end) - start, start);
        if (end < 0)
        {
            end = source.IndexOf("endobj"u8, start, source.Length);
        }

        if (end < 0)
        {
            return source.Length - start;
        }

        ReadOnlySpan<byte> tail = source.Window(Math.Max(start, end - 2), (int)Math.Min(2, end - start));
        int eol = end - start >= 2 && tail[..2].SequenceEqual("\r\n"u8) ? 2
            : end - start >= 1 && tail[(int)Math.Min(2, end - start) - 1] is (byte)'\n' or (byte)'\r' ? 1 : 0;
        return end - eol - start;
    }

    private bool FollowsEndStream(long position)
    {
        ReadOnlySpan<byte> window = source.Window(position, 32);
        int at = window[..Math.Min(32, window.Length)].IndexOfAnyExcept(CharacterClass.WhiteSpace);
        return at >= 0 && (window[at..].StartsWith("endstream"u8) || window[at..].StartsWith("endobj"u8));
    }

    private IndirectObject Grow(long offset, bool isIndirect)
    {
        Spend(0, offset);
        for (int size = FirstWindow; ; size *= 4)
        {
            ReadOnlySpan<byte> window = source.Window(offset, size);
            bool isWhole = offset + window.Length >= source.Length;
            var lexer = new Lexer(window.Length > limits.MaxObjectSize ? window[..limits.MaxObjectSize] : window, offset);
            try
            {
                IndirectObject read = isIndirect ? ReadIndirect(ref lexer) : ReadDirect(ref lexer);
                Spend(lexer.Position, offset);
                if (isWhole || !lexer.ReachedEnd)
                {
                    return read;
                }
            }
            catch (PdfFormatException) when (!isWhole && lexer.ReachedEnd)
            {
                // The window cut the object: look again through a larger one.
            }

            size = Math.Max(size, window.Length);
            if (size >= limits.MaxObjectSize)
            {
                throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"对象超过 {limits.MaxObjectSize >> 20} MB / an object larger than {limits.MaxObjectSize >> 20} MB"), offset, "7.3");
            }
        }
    }

    /// <summary>Objects that never end would each be read to the end of the file: together they may cost so much and no more.</summary>
    private void Spend(long bytes, long offset)
    {
        _budget -= bytes;
        if (_budget < 0)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, "读取该文件的对象需要反复扫描，次数异常 / reading this file's objects takes absurdly many passes over it", offset, "7.3");
        }
    }

    private IndirectObject ReadDirect(ref Lexer lexer)
    {
        PdfObject value = _objects.Read(ref lexer) ?? throw new PdfFormatException(PdfErrorCode.Syntax, "此处应有对象 / an object was expected", lexer.TokenOffset, "7.3");
        return new IndirectObject(0, 0, value, -1, lexer.BaseOffset + lexer.Position);
    }

    private IndirectObject ReadIndirect(ref Lexer lexer)
    {
        if (!lexer.Next() || lexer.Kind != TokenKind.Integer || lexer.Integer < 0 || lexer.Integer > limits.MaxObjectNumber)
        {
            throw NotAnObject(lexer.TokenOffset);
        }

        int number = (int)lexer.Integer;
        if (!lexer.Next() || lexer.Kind != TokenKind.Integer || lexer.Integer is < 0 or > 65535)
        {
            throw NotAnObject(lexer.TokenOffset);
        }

        int generation = (int)lexer.Integer;
        if (!lexer.Next() || !lexer.IsKeyword("obj"u8))
        {
            throw NotAnObject(lexer.TokenOffset);
        }

        PdfObject? value = _objects.Read(ref lexer);
        if (value is null)
        {
            // "5 0 obj endobj": an object without a value is null.
            lexer.Position = lexer.TokenStart;
            value = PdfNull.Instance;
        }

        int end = lexer.Position;
        if (value is not PdfDictionary || !lexer.Next() || !lexer.IsKeyword("stream"u8))
        {
            return new IndirectObject(number, generation, value, -1, lexer.BaseOffset + end);
        }

        int data = AfterEndOfLine(lexer.Data, lexer.Position);
        return new IndirectObject(number, generation, value, lexer.BaseOffset + data, lexer.BaseOffset + lexer.Position);
    }

    /// <summary>§7.3.8.1: <c>stream</c> is followed by CRLF or LF; a lone CR and blanks before it occur in the wild.</summary>
    private static int AfterEndOfLine(ReadOnlySpan<byte> data, int position)
    {
        int p = position;
        while (p < data.Length && data[p] is 0x20 or 0x09)
        {
            p++;
        }

        if (p < data.Length && data[p] == '\n')
        {
            return p + 1;
        }

        if (p < data.Length && data[p] == '\r')
        {
            return p + 1 < data.Length && data[p + 1] == '\n' ? p + 2 : p + 1;
        }

        return position;
    }

    private static PdfFormatException NotAnObject(long offset) => new(PdfErrorCode.CrossReference, "交叉引用所指之处没有 'N G obj' / no 'N G obj' where the cross-reference says there is one", offset, "7.3.10");
}
