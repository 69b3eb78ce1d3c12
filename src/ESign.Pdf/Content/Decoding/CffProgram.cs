using System.Text;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The glyph names and built-in encoding of an embedded CFF font.</summary>
/// <remarks>Adobe Technical Note 5176 (The Compact Font Format) §5 INDEX, §9 Top DICT, §12 Encodings, §13 Charsets.</remarks>
internal sealed class CffProgram : FontProgram
{
    /// <summary>Glyph indexes and string identifiers have 16 bits.</summary>
    private const int MaxCount = 65_535;

    private const int CharsetOperator = 15;
    private const int EncodingOperator = 16;
    private const int CharStringsOperator = 17;
    private const int RosOperator = 1230;

    private static readonly Lazy<string[]> StandardStrings = new(() => [.. EmbeddedTable.ReadLines("cff-strings.txt")]);

    private readonly FontBytes _bytes;
    private readonly long _strings;
    private readonly bool _isCidKeyed;
    private readonly int[] _charset;
    private readonly Dictionary<byte, int> _glyphOfCode = [];

    private CffProgram(FontBytes bytes)
    {
        _bytes = bytes;
        long names = bytes.U8(2);
        long dictionaries = IndexEnd(names);
        _strings = IndexEnd(dictionaries);
        (long top, long topLength) = IndexItem(dictionaries, 0);
        Dictionary<int, long> entries = ReadDictionary(top, topLength);
        _isCidKeyed = entries.ContainsKey(RosOperator);
        int glyphs = bytes.U16(entries.GetValueOrDefault(CharStringsOperator));
        _charset = ReadCharset(entries.GetValueOrDefault(CharsetOperator), glyphs);
        if (!_isCidKeyed)
        {
            ReadEncoding(entries.GetValueOrDefault(EncodingOperator));
        }
    }

    public static CffProgram Read(ReadOnlyMemory<byte> program) => new(new FontBytes(program));

    public override string? TextOfGlyph(int glyph) =>
        !_isCidKeyed && (uint)glyph < (uint)_charset.Length ? GlyphNames.ToText(NameOf(_charset[glyph])) : null;

    public override string? TextOfCode(byte code) => _glyphOfCode.TryGetValue(code, out int glyph) ? TextOfGlyph(glyph) : null;

    private string NameOf(int sid)
    {
        if (sid < StandardStrings.Value.Length)
        {
            return StandardStrings.Value[sid];
        }

        (long at, long length) = IndexItem(_strings, sid - StandardStrings.Value.Length);
        return Encoding.Latin1.GetString(_bytes.Slice(at, length));
    }

    private int[] ReadCharset(long at, int glyphs)
    {
        int[] charset = new int[glyphs];
        if (at <= 2)
        {
            // The predefined ISOAdobe charset: SID = glyph index (the Expert ones are not used for text).
            for (int i = 0; i < glyphs; i++)
            {
                charset[i] = i;
            }

            return charset;
        }

        int format = _bytes.U8(at++);
        for (int glyph = 1; glyph < glyphs && at < _bytes.Length;)
        {
            int first = _bytes.U16(at);
            int left = format switch { 1 => _bytes.U8(at + 2), 2 => _bytes.U16(at + 2), _ => 0 };
            at += format switch { 1 => 3, 2 => 4, _ => 2 };
            for (int i = 0; i <= left && glyph < glyphs; i++)
            {
                charset[glyph++] = Math.Min(first + i, MaxCount);
            }
        }

        return charset;
    }

    private void ReadEncoding(long at)
    {
        if (at <= 1)
        {
            ReadStandardEncoding();
            return;
        }

        int format = _bytes.U8(at) & 0x7F;
        int count = _bytes.U8(at + 1);
        int glyph = 1;
        for (int i = 0; i < count; i++)
        {
            int first = _bytes.U8(at + 2 + (format == 1 ? 2L * i : i));
            int left = format == 1 ? _bytes.U8(at + 3 + (2L * i)) : 0;
            for (int j = 0; j <= left && first + j < 256; j++)
            {
                _glyphOfCode.TryAdd((byte)(first + j), glyph++);
            }
        }
    }

    private void ReadStandardEncoding()
    {
        for (int glyph = 1; glyph < _charset.Length; glyph++)
        {
            if (TextOfGlyph(glyph) is [char only] && SimpleEncoding.Standard.IndexOf(only, StringComparison.Ordinal) is var code and > 0)
            {
                _glyphOfCode.TryAdd((byte)code, glyph);
            }
        }
    }

    private Dictionary<int, long> ReadDictionary(long at, long length)
    {
        var entries = new Dictionary<int, long>();
        long operand = 0;
        for (long end = Math.Min(at + length, _bytes.Length); at < end;)
        {
            int b = _bytes.U8(at);
            switch (b)
            {
                case <= 21:
                    int key = b == 12 ? 1200 + _bytes.U8(at + 1) : b;
                    entries[key] = operand;
                    at += b == 12 ? 2 : 1;
                    break;
                case 28:
                    operand = _bytes.I16(at + 1);
                    at += 3;
                    break;
                case 29:
                    operand = (int)_bytes.U32(at + 1);
                    at += 5;
                    break;
                case 30:
                    for (at++; at < end && (_bytes.U8(at) & 0x0F) != 0x0F && (_bytes.U8(at) >> 4) != 0x0F; at++)
                    {
                    }

                    at++;
                    break;
                case <= 246:
                    operand = b - 139;
                    at++;
                    break;
                case <= 250:
                    operand = ((b - 247) * 256) + _bytes.U8(at + 1) + 108;
                    at += 2;
                    break;
                default:
                    operand = (-(b - 251) * 256) - _bytes.U8(at + 1) - 108;
                    at += 2;
                    break;
            }
        }

        return entries;
    }

    private (long At, long Length) IndexItem(long index, int item)
    {
        int count = _bytes.U16(index);
        int size = _bytes.U8(index + 2);
        if (item >= count || size is < 1 or > 4)
        {
            return (0, 0);
        }

        long data = index + 2 + ((count + 1L) * size);
        long start = _bytes.Unsigned(index + 3 + ((long)item * size), size);
        long end = _bytes.Unsigned(index + 3 + ((item + 1L) * size), size);
        return (data + start, Math.Max(0, end - start));
    }

    private long IndexEnd(long index)
    {
        int count = _bytes.U16(index);
        if (count == 0)
        {
            return index + 2;
        }

        (long at, long length) = IndexItem(index, count - 1);
        return at + length;
    }
}
