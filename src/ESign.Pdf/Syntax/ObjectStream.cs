using ESign.Pdf.Objects;

namespace ESign.Pdf.Syntax;

/// <summary>A decoded object stream: objects are read out of it one at a time (ISO 32000-2 §7.5.7).</summary>
internal sealed class ObjectStream
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly (int Number, int Offset)[] _objects;
    private readonly ObjectReader _reader;
    private readonly ReaderLimits _limits;

    private ObjectStream(ReadOnlyMemory<byte> bytes, (int Number, int Offset)[] objects, ReaderLimits limits)
    {
        _bytes = bytes;
        _objects = objects;
        _limits = limits;
        _reader = new ObjectReader(limits);
    }

    /// <summary>The decoded size, for the cache's accounts.</summary>
    public int Size => _bytes.Length;

    /// <summary>The decoded size of one object, on average.</summary>
    public int AverageSize => _bytes.Length / Math.Max(1, _objects.Length);

    /// <summary>The numbers of the objects inside, in order.</summary>
    public IEnumerable<int> Numbers => _objects.Select(o => o.Number);

    public static ObjectStream Open(PdfDictionary dictionary, ReadOnlyMemory<byte> decoded, IObjectResolver resolver, ReaderLimits limits, long offset)
    {
        if (resolver.Resolve(dictionary["N"]) is not PdfInteger { Value: >= 0 } n || resolver.Resolve(dictionary["First"]) is not PdfInteger { Value: >= 0 } first || first.Value > decoded.Length)
        {
            throw new PdfFormatException(PdfErrorCode.Syntax, "对象流缺少可用的 /N 和 /First / an object stream without a usable /N and /First", offset, "7.5.7");
        }

        if (n.Value > limits.MaxObjectsInStream)
        {
            throw new PdfFormatException(PdfErrorCode.LimitExceeded, $"对象流含 {n.Value} 个对象 / an object stream with {n.Value} objects", offset, "7.5.7");
        }

        var objects = new List<(int, int)>((int)Math.Min(n.Value, decoded.Length / 2));
        var lexer = new Lexer(decoded.Span[..(int)first.Value]);
        while (objects.Count < n.Value && lexer.Next() && lexer.Kind == TokenKind.Integer)
        {
            long number = lexer.Integer;
            if (!lexer.Next() || lexer.Kind != TokenKind.Integer)
            {
                break;
            }

            // A place outside the stream is kept, so that indexes stay right, and reads as null.
            long at = lexer.Integer >= 0 && lexer.Integer < decoded.Length ? first.Value + lexer.Integer : int.MaxValue;
            objects.Add(((int)Math.Clamp(number, 0, int.MaxValue), (int)Math.Min(at, int.MaxValue)));
        }

        return new ObjectStream(decoded, [.. objects], limits);
    }

    /// <summary>Reads an object: by its index if that is right, else by its number; null when it is not here.</summary>
    public PdfObject Read(int number, int index)
    {
        int at = (uint)index < (uint)_objects.Length && _objects[index].Number == number
            ? index
            : Array.FindIndex(_objects, o => o.Number == number);
        if (at < 0 || _objects[at].Offset >= _bytes.Length)
        {
            return PdfNull.Instance;
        }

        ReadOnlySpan<byte> span = _bytes.Span[_objects[at].Offset..];
        var lexer = new Lexer(span.Length > _limits.MaxObjectSize ? span[.._limits.MaxObjectSize] : span);
        // §7.5.7: no stream, and no reference by itself, may lie here.
        return _reader.Read(ref lexer) ?? PdfNull.Instance;
    }
}
