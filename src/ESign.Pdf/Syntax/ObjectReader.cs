using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>Builds objects from tokens. Not thread-safe: it keeps its working stacks between calls.</summary>
/// <remarks>
/// ISO 32000-2 §7.3. Tolerant of what the common readers tolerate: an unknown keyword is null, a missing value is null,
/// an array or dictionary ends with the data or at <c>endobj</c>.
/// </remarks>
internal sealed class ObjectReader(ReaderLimits limits, bool allowReferences = true)
{
    private const int CostOfKey = 3;

    private readonly List<PdfObject> _items = [];
    private readonly List<KeyValuePair<string, PdfObject>> _entries = [];
    private int _values;

    /// <summary>Reads the next object.</summary>
    /// <returns>The object, or <see langword="null"/> at the end of the data or at a keyword that is no object.</returns>
    public PdfObject? Read(ref Lexer lexer)
    {
        _items.Clear();
        _entries.Clear();
        _values = 0;
        return lexer.Next() ? ReadCurrent(ref lexer, 0) : null;
    }

    /// <summary>Reads the object whose first token the lexer is on.</summary>
    /// <returns>The object, or <see langword="null"/> when the token begins none (a keyword or a closing delimiter).</returns>
    public PdfObject? ReadCurrent(ref Lexer lexer)
    {
        _values = 0;
        return ReadCurrent(ref lexer, 0);
    }

    private PdfObject? ReadCurrent(ref Lexer lexer, int depth)
    {
        if (++_values > limits.MaxValues)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"对象超过 {limits.MaxValues} 个值 / an object of more than {limits.MaxValues} values"), lexer.TokenOffset, "7.3");
        }

        switch (lexer.Kind)
        {
            case TokenKind.Integer:
                return ReadIntegerOrReference(ref lexer);
            case TokenKind.Real:
                return new PdfReal(lexer.Number);
            case TokenKind.Name:
                return KnownNames.GetName(lexer.Text);
            case TokenKind.LiteralString:
                return new PdfString(StringDecoder.Literal(lexer.Text));
            case TokenKind.HexString:
                return new PdfString(StringDecoder.Hexadecimal(lexer.Text), isHexadecimal: true);
            case TokenKind.ArrayStart:
                return ReadArray(ref lexer, Deeper(depth, lexer.TokenOffset));
            case TokenKind.DictionaryStart:
                return ReadDictionary(ref lexer, Deeper(depth, lexer.TokenOffset));
            case TokenKind.Keyword:
                return ReadKeyword(ref lexer);
            default:
                return null;
        }
    }

    private static PdfObject? ReadKeyword(ref Lexer lexer) => lexer.Text switch
    {
        [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] => PdfBoolean.True,
        [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] => PdfBoolean.False,
        [(byte)'n', (byte)'u', (byte)'l', (byte)'l'] => PdfNull.Instance,
        _ => null,
    };

    private PdfObject ReadIntegerOrReference(ref Lexer lexer)
    {
        long value = lexer.Integer;
        if (allowReferences && value > 0 && value <= limits.MaxObjectNumber && lexer.TryReadReferenceTail(out int generation))
        {
            return new PdfReference((int)value, generation);
        }

        return PdfInteger.Of(value);
    }

    private PdfArray ReadArray(ref Lexer lexer, int depth)
    {
        int start = _items.Count;
        while (lexer.Next() && lexer.Kind != TokenKind.ArrayEnd)
        {
            if (EndsEarly(ref lexer))
            {
                break;
            }

            _items.Add(ReadCurrent(ref lexer, depth) ?? PdfNull.Instance);
        }

        var array = new PdfArray(CollectionsMarshal.AsSpan(_items)[start..]);
        _items.RemoveRange(start, _items.Count - start);
        return array;
    }

    private PdfDictionary ReadDictionary(ref Lexer lexer, int depth)
    {
        int start = _entries.Count;
        while (lexer.Next() && lexer.Kind != TokenKind.DictionaryEnd)
        {
            if (EndsEarly(ref lexer))
            {
                break;
            }

            if (lexer.Kind != TokenKind.Name)
            {
                continue;
            }

            string key = StringDecoder.Name(lexer.Text);
            _values += CostOfKey;
            if (!lexer.Next() || lexer.Kind == TokenKind.DictionaryEnd || EndsEarly(ref lexer))
            {
                break;
            }

            if (ReadCurrent(ref lexer, depth) is { } value)
            {
                _entries.Add(new(key, value));
            }
        }

        var dictionary = new PdfDictionary(CollectionsMarshal.AsSpan(_entries)[start..]);
        _entries.RemoveRange(start, _entries.Count - start);
        return dictionary;
    }

    /// <summary>A container that is never closed ends where its object does; the keyword is left for the caller.</summary>
    private static bool EndsEarly(ref Lexer lexer)
    {
        if (lexer.Kind == TokenKind.Keyword && (lexer.Text.SequenceEqual("endobj"u8) || lexer.Text.SequenceEqual("stream"u8) || lexer.Text.SequenceEqual("endstream"u8)))
        {
            lexer.Position = lexer.TokenStart;
            return true;
        }

        return false;
    }

    private int Deeper(int depth, long offset) => depth < limits.MaxDepth
        ? depth + 1
        : throw new PdfFormatException(PdfErrorCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"数组与字典嵌套超过 {limits.MaxDepth} 层 / arrays and dictionaries nested more than {limits.MaxDepth} deep"), offset, "7.3");

    /// <summary>Expects a keyword next.</summary>
    public static void Expect(ref Lexer lexer, ReadOnlySpan<byte> keyword, string clause)
    {
        if (!lexer.Next() || !lexer.IsKeyword(keyword))
        {
            throw new PdfFormatException(PdfErrorCode.Syntax, $"应为 '{Encoding.Latin1.GetString(keyword)}' / expected '{Encoding.Latin1.GetString(keyword)}'", lexer.TokenOffset, clause);
        }
    }
}
