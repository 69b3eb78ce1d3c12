using System.Text;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Content.Decoding;

/// <summary>Reads the PostScript of a CMap stream: the operators that matter, in any order, ignoring everything else.</summary>
/// <remarks>
/// ISO 32000-2 §9.7.5.4; Adobe Technical Note 5014 §7. Real files disagree with their own counts ("100 beginbfchar"),
/// so entries are read until the matching <c>end…</c>.
/// </remarks>
internal ref struct CMapReader
{
    private Lexer _lexer;
    private readonly CMap _map;

    /// <summary>A destination of one code is a few characters; longer strings are passed over.</summary>
    private readonly byte[] _scratch = new byte[1024];

    private CMapReader(ReadOnlySpan<byte> source)
    {
        _lexer = new Lexer(source);
        _map = new CMap();
    }

    public static CMap Read(ReadOnlySpan<byte> source)
    {
        var reader = new CMapReader(source);
        reader.ReadAll();
        return reader._map;
    }

    private void ReadAll()
    {
        string lastName = "";
        double lastNumber = 0;
        bool isWritingMode = false;
        while (_lexer.Next())
        {
            switch (_lexer.Kind)
            {
                case TokenKind.Name:
                    lastName = StringDecoder.Name(_lexer.Text);
                    isWritingMode = lastName == "WMode";
                    break;
                case TokenKind.Integer:
                    lastNumber = _lexer.Number;
                    break;
                case TokenKind.Keyword when isWritingMode && _lexer.IsKeyword("def"u8):
                    _map.IsVertical = lastNumber == 1;
                    isWritingMode = false;
                    break;
                case TokenKind.Keyword:
                    ReadSection(lastName);
                    break;
            }
        }
    }

    private void ReadSection(string lastName)
    {
        if (_lexer.IsKeyword("usecmap"u8))
        {
            _map.BaseName = lastName;
        }
        else if (_lexer.IsKeyword("begincodespacerange"u8))
        {
            while (TryReadCode(out uint low, out int length) && TryReadCode(out uint high, out _))
            {
                _map.CodeSpace.Add(length, low, high);
            }
        }
        else if (_lexer.IsKeyword("begincidchar"u8))
        {
            while (TryReadCode(out uint code, out _) && TryReadNumber(out int cid))
            {
                _map.AddCid(code, cid);
            }
        }
        else if (_lexer.IsKeyword("begincidrange"u8))
        {
            while (TryReadCode(out uint low, out _) && TryReadCode(out uint high, out _) && TryReadNumber(out int cid))
            {
                _map.AddCidRange(low, high, cid);
            }
        }
        else if (_lexer.IsKeyword("beginbfchar"u8))
        {
            while (TryReadCode(out uint code, out _) && TryReadText(out string text))
            {
                _map.AddText(code, text);
            }
        }
        else if (_lexer.IsKeyword("beginbfrange"u8))
        {
            while (TryReadTextRange())
            {
            }
        }
    }

    private bool TryReadTextRange()
    {
        if (!TryReadCode(out uint low, out _) || !TryReadCode(out uint high, out _) || !_lexer.Next())
        {
            return false;
        }

        if (_lexer.Kind != TokenKind.ArrayStart)
        {
            if (ToText() is not { } first)
            {
                return false;
            }

            _map.AddTextRange(low, high, first);
            return true;
        }

        for (uint code = low; _lexer.Next() && ToText() is { } text; code++)
        {
            if (code <= high)
            {
                _map.AddText(code, text);
            }
        }

        return _lexer.Kind == TokenKind.ArrayEnd;
    }

    private bool TryReadCode(out uint code, out int length)
    {
        code = 0;
        length = 0;
        if (!_lexer.Next() || _lexer.Kind is not (TokenKind.HexString or TokenKind.LiteralString))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = DecodeString();
        length = bytes.Length;
        foreach (byte octet in bytes)
        {
            code = (code << 8) | octet;
        }

        return length is >= 1 and <= 4;
    }

    private bool TryReadNumber(out int number)
    {
        bool isNumber = _lexer.Next() && _lexer.Kind == TokenKind.Integer && _lexer.Integer is >= 0 and <= int.MaxValue;
        number = isNumber ? (int)_lexer.Integer : 0;
        return isNumber;
    }

    private bool TryReadText(out string text)
    {
        string? read = _lexer.Next() ? ToText() : null;
        text = read ?? "";
        return read is not null;
    }

    /// <summary>A destination: UTF-16BE, or a glyph name. A lone byte is taken as Latin-1, which old producers write.</summary>
    private string? ToText()
    {
        if (_lexer.Kind == TokenKind.Name)
        {
            return GlyphNames.ToText(StringDecoder.Name(_lexer.Text)) ?? "";
        }

        if (_lexer.Kind is not (TokenKind.HexString or TokenKind.LiteralString))
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = DecodeString();
        return bytes.Length == 1 ? ((char)bytes[0]).ToString() : Encoding.BigEndianUnicode.GetString(bytes[..(bytes.Length & ~1)]);
    }

    private readonly ReadOnlySpan<byte> DecodeString()
    {
        if (_lexer.Text.Length > _scratch.Length)
        {
            return default;
        }

        int length = _lexer.Kind == TokenKind.HexString
            ? StringDecoder.Hexadecimal(_lexer.Text, _scratch)
            : StringDecoder.Literal(_lexer.Text, _scratch);
        return _scratch.AsSpan(0, length);
    }
}
