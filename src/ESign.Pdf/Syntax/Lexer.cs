namespace ESign.Pdf.Syntax;

/// <summary>Splits bytes into tokens; shared by files, object streams and content streams. Allocates nothing.</summary>
/// <remarks>
/// ISO 32000-2 §7.2 and §7.3. Tolerant as the common readers are: a malformed number is the number its beginning spells,
/// stray closing delimiters come out as keywords for the caller to judge, an unterminated string ends with the data.
/// </remarks>
internal ref struct Lexer
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;

    /// <summary>Starts at the beginning of some bytes.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="baseOffset">Where the first byte lies in the file, for error messages.</param>
    public Lexer(ReadOnlySpan<byte> data, long baseOffset = 0)
    {
        _data = data;
        BaseOffset = baseOffset;
    }

    public readonly long BaseOffset { get; }

    public readonly ReadOnlySpan<byte> Data => _data;

    /// <summary>The index of the next unread byte; may be set, for example to step over inline image data.</summary>
    public int Position
    {
        readonly get => _position;
        set => _position = Math.Clamp(value, 0, _data.Length);
    }

    /// <summary>The index of the current token's first byte.</summary>
    public int TokenStart { get; private set; }

    /// <summary>The file offset of the current token.</summary>
    public readonly long TokenOffset => BaseOffset + TokenStart;

    public TokenKind Kind { get; private set; }

    /// <summary>The token's bytes, without the delimiters of names and strings.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>The value of an integer token.</summary>
    public long Integer { get; private set; }

    /// <summary>The value of an integer or real token.</summary>
    public double Number { get; private set; }

    /// <summary>Whether any token so far touched the end of the data, so that more data could have changed it.</summary>
    public bool ReachedEnd { get; private set; }

    public readonly bool IsKeyword(ReadOnlySpan<byte> keyword) => Kind == TokenKind.Keyword && Text.SequenceEqual(keyword);

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end of the data.</returns>
    public bool Next()
    {
        SkipWhiteSpaceAndComments();
        TokenStart = _position;
        if (_position >= _data.Length)
        {
            ReachedEnd = true;
            return Set(TokenKind.EndOfData, 0, 0);
        }

        byte b = _data[_position];
        switch (b)
        {
            case (byte)'/':
                return ReadName();
            case (byte)'(':
                return ReadLiteralString();
            case (byte)'[':
                return Single(TokenKind.ArrayStart);
            case (byte)']':
                return Single(TokenKind.ArrayEnd);
            case (byte)'<':
                return ReadAngle();
            case (byte)'>':
                return _position + 1 < _data.Length && _data[_position + 1] == '>' ? Double(TokenKind.DictionaryEnd) : Single(TokenKind.Keyword);
            case (byte)')' or (byte)'{' or (byte)'}':
                return Single(TokenKind.Keyword);
            case (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.':
                return ReadNumber();
            default:
                return ReadKeyword();
        }
    }

    /// <summary>Steps over white space and comments (§7.2.4).</summary>
    public void SkipWhiteSpaceAndComments()
    {
        while (_position < _data.Length)
        {
            byte b = _data[_position];
            if (b == '%')
            {
                int end = _data[_position..].IndexOfAny((byte)'\r', (byte)'\n');
                if (end < 0)
                {
                    ReachedEnd = true;
                    _position = _data.Length;
                    return;
                }

                _position += end;
            }
            else if (!CharacterClass.IsWhiteSpace(b))
            {
                return;
            }

            _position++;
        }
    }

    /// <summary>
    /// After an integer token: whether <c>G R</c> follows, making it a reference (§7.3.10); if so, steps over it.
    /// </summary>
    public bool TryReadReferenceTail(out int generation)
    {
        generation = 0;
        int p = _position;
        if (!SkipBlank(ref p) || !CharacterClass.IsDigit(_data[p]))
        {
            return false;
        }

        int digits = 0;
        while (p < _data.Length && CharacterClass.IsDigit(_data[p]) && digits++ < 6)
        {
            generation = (generation * 10) + (_data[p++] - '0');
        }

        if (!SkipBlank(ref p) || _data[p] != 'R')
        {
            return false;
        }

        p++;
        if (p >= _data.Length)
        {
            ReachedEnd = true;
        }
        else if (CharacterClass.IsRegular(_data[p]))
        {
            return false;
        }

        _position = p;
        return generation <= ushort.MaxValue;
    }

    private bool SkipBlank(ref int p)
    {
        int start = p;
        while (p < _data.Length && CharacterClass.IsWhiteSpace(_data[p]))
        {
            p++;
        }

        if (p >= _data.Length)
        {
            ReachedEnd = true;
            return false;
        }

        return p > start;
    }

    private bool Set(TokenKind kind, int textStart, int textEnd)
    {
        Kind = kind;
        Text = _data[textStart..textEnd];
        return kind != TokenKind.EndOfData;
    }

    private bool Single(TokenKind kind)
    {
        _position++;
        ReachedEnd |= _position >= _data.Length;
        return Set(kind, _position - 1, _position);
    }

    private bool Double(TokenKind kind)
    {
        _position += 2;
        return Set(kind, _position - 2, _position);
    }

    private int EndOfRegular(int from)
    {
        int length = _data[from..].IndexOfAny(CharacterClass.NotRegular);
        if (length < 0)
        {
            ReachedEnd = true;
            return _data.Length;
        }

        return from + length;
    }

    private bool ReadName()
    {
        int start = _position + 1;
        _position = EndOfRegular(start);
        return Set(TokenKind.Name, start, _position);
    }

    private bool ReadKeyword()
    {
        int start = _position;
        _position = EndOfRegular(start);
        return Set(TokenKind.Keyword, start, _position);
    }

    private bool ReadAngle()
    {
        int start = _position + 1;
        if (start < _data.Length && _data[start] == '<')
        {
            return Double(TokenKind.DictionaryStart);
        }

        int length = _data[start..].IndexOf((byte)'>');
        if (length < 0)
        {
            ReachedEnd = true;
            _position = _data.Length;
            return Set(TokenKind.HexString, start, _data.Length);
        }

        _position = start + length + 1;
        return Set(TokenKind.HexString, start, start + length);
    }

    /// <summary>§7.3.4.2: balanced parentheses need no escape.</summary>
    private bool ReadLiteralString()
    {
        int start = _position + 1;
        int depth = 1;
        int p = start;
        while (true)
        {
            int step = _data[p..].IndexOfAny((byte)'(', (byte)')', (byte)'\\');
            if (step < 0)
            {
                ReachedEnd = true;
                _position = _data.Length;
                return Set(TokenKind.LiteralString, start, _data.Length);
            }

            p += step;
            switch (_data[p])
            {
                case (byte)'\\':
                    p = Math.Min(p + 2, _data.Length);
                    continue;
                case (byte)'(':
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }

            p++;
            if (depth == 0)
            {
                _position = p;
                return Set(TokenKind.LiteralString, start, p - 1);
            }
        }
    }

    private bool ReadNumber()
    {
        int start = _position;
        int p = start;
        bool negative = false;
        while (p < _data.Length && _data[p] is (byte)'+' or (byte)'-')
        {
            // "--5" occurs in the wild; the common readers take it as -5.
            negative |= _data[p++] == '-';
        }

        long whole = 0;
        double value = 0;
        int digits = 0;
        for (; p < _data.Length && CharacterClass.IsDigit(_data[p]); p++, digits++)
        {
            int d = _data[p] - '0';
            whole = digits < 18 ? (whole * 10) + d : whole;
            value = (value * 10) + d;
        }

        bool isReal = false;
        if (p < _data.Length && _data[p] == '.')
        {
            isReal = true;
            double scale = 1;
            for (p++; p < _data.Length && CharacterClass.IsDigit(_data[p]); p++, digits++)
            {
                // Digits beyond the 17th are below a double's precision.
                if (scale < 1e17)
                {
                    scale *= 10;
                    value = (value * 10) + (_data[p] - '0');
                }
            }

            value /= scale;
        }

        if (digits == 0 && !isReal)
        {
            return ReadKeyword();
        }

        // Malformed tails such as "12-34" or "1.2.3" are dropped with the number.
        while (p < _data.Length && (CharacterClass.IsDigit(_data[p]) || _data[p] is (byte)'.' or (byte)'-'))
        {
            p++;
        }

        ReachedEnd |= p >= _data.Length;
        _position = p;
        Number = negative ? -value : value;
        if (isReal || digits > 18)
        {
            return Set(TokenKind.Real, start, p);
        }

        Integer = negative ? -whole : whole;
        return Set(TokenKind.Integer, start, p);
    }
}
