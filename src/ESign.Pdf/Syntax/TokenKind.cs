namespace ESign.Pdf.Syntax;

/// <summary>The kinds of token in PDF syntax (ISO 32000-2 §7.2, §7.3).</summary>
internal enum TokenKind : byte
{
    /// <summary>No more tokens.</summary>
    EndOfData,

    Integer,

    Real,

    /// <summary>A name; the text excludes the slash and still has <c>#xx</c> escapes.</summary>
    Name,

    /// <summary>A literal string; the text excludes the outer parentheses and still has its escapes.</summary>
    LiteralString,

    /// <summary>A hexadecimal string; the text excludes the angle brackets.</summary>
    HexString,

    ArrayStart,

    ArrayEnd,

    DictionaryStart,

    DictionaryEnd,

    /// <summary>Any other run of regular characters: <c>obj</c>, <c>R</c>, <c>true</c>, a content operator.</summary>
    Keyword,
}
