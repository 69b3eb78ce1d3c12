using ESign.Pdf.Syntax;

namespace ESign.Pdf.Content;

/// <summary>An operand waiting for its operator: a number, or where a name or string lies in the content.</summary>
/// <param name="Kind">The token's kind; for an array, its delimiters are operands too.</param>
/// <param name="Number">The value of a number.</param>
/// <param name="Start">Where the token's text begins in the content being read.</param>
/// <param name="Length">The length of the token's text.</param>
internal readonly record struct Operand(TokenKind Kind, double Number, int Start, int Length)
{
    public bool IsNumber => Kind is TokenKind.Integer or TokenKind.Real;

    public bool IsString => Kind is TokenKind.LiteralString or TokenKind.HexString;
}
