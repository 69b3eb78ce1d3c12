using System.Text;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Forms;

/// <summary>What a field's <c>/DA</c> says of its text: the font's resource name, the size (0 fits the field), and the ink.</summary>
/// <remarks>ISO 32000-2 §12.7.4.3: operators of a content stream, of which only <c>Tf</c> and those that set the fill colour count here.</remarks>
/// <param name="Font">The name among the form's font resources; empty when there is none.</param>
/// <param name="Size">In points; 0 means that the size follows from the field.</param>
/// <param name="Ink">One, three or four components: grey, RGB or CMYK.</param>
internal sealed record DefaultAppearance(string Font, double Size, IReadOnlyList<double> Ink)
{
    /// <summary>No operator that counts has more operands; of more, the last are taken.</summary>
    private const int MaxOperands = 4;

    /// <summary>Sizes beyond this are taken for mistakes.</summary>
    private const double LargestSize = 1000;

    public static DefaultAppearance Parse(ReadOnlySpan<byte> text)
    {
        var appearance = new DefaultAppearance("", 0, [0]);
        var lexer = new Lexer(text);
        var operands = new List<double>(MaxOperands);
        string name = "";
        while (lexer.Next())
        {
            switch (lexer.Kind)
            {
                case TokenKind.Integer or TokenKind.Real:
                    if (operands.Count == MaxOperands)
                    {
                        operands.RemoveAt(0);
                    }

                    operands.Add(lexer.Number);
                    break;
                case TokenKind.Name:
                    name = Encoding.Latin1.GetString(lexer.Text);
                    break;
                case TokenKind.Keyword:
                    appearance = appearance.After(lexer, name, operands);
                    operands.Clear();
                    break;
            }
        }

        return appearance;
    }

    private DefaultAppearance After(in Lexer lexer, string name, List<double> operands)
    {
        if (lexer.IsKeyword("Tf"u8) && operands.Count > 0)
        {
            return this with { Font = name, Size = operands[^1] is > 0 and < LargestSize and double size ? size : 0 };
        }

        int components = lexer.IsKeyword("g"u8) ? 1 : lexer.IsKeyword("rg"u8) ? 3 : lexer.IsKeyword("k"u8) ? 4 : 0;
        return components > 0 && operands.Count >= components ? this with { Ink = operands[^components..] } : this;
    }
}
