using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Signing;

/// <summary>How a page's content leaves the graphics state stack: what must be pushed before it and popped after it.</summary>
/// <remarks>
/// ISO 32000-2 §8.4.2: <c>q</c> and <c>Q</c> shall be balanced, yet real content is not. A <c>Q</c> too many would take away what
/// protects the marks drawn after it; a <c>q</c> too many would leave its matrix to them.
/// </remarks>
/// <param name="Pushes">How many <c>q</c> go before the content; at least one.</param>
/// <param name="Pops">How many <c>Q</c> go after it.</param>
internal readonly record struct GraphicsStateBalance(int Pushes, int Pops)
{
    /// <summary>Far beyond the 28 levels of ISO 32000-1 annex C; content that asks for more is no drawing.</summary>
    private const int MaximumDepth = 4096;

    public static GraphicsStateBalance Measure(PdfDocument document, PdfArray contents)
    {
        int depth = 0;
        int lowest = 0;
        foreach (PdfObject item in contents)
        {
            if (document.Resolve(item) is PdfStream stream)
            {
                Run(Decode(document, stream), ref depth, ref lowest);
            }
        }

        int pushes = 1 - Math.Max(lowest, -MaximumDepth);
        return new GraphicsStateBalance(pushes, Math.Clamp(pushes + depth, 0, 2 * MaximumDepth));
    }

    private static void Run(ReadOnlySpan<byte> content, ref int depth, ref int lowest)
    {
        var lexer = new Lexer(content);
        while (lexer.Next())
        {
            if (lexer.IsKeyword("q"u8))
            {
                depth++;
            }
            else if (lexer.IsKeyword("Q"u8))
            {
                depth--;
                lowest = Math.Min(lowest, depth);
            }
            else if (lexer.IsKeyword("BI"u8))
            {
                ContentInterpreter.SkipInlineImage(ref lexer);
            }
        }
    }

    /// <summary>A stream no reader can decode draws nothing.</summary>
    private static ReadOnlySpan<byte> Decode(PdfDocument document, PdfStream stream)
    {
        try
        {
            return document.Decode(stream).Span;
        }
        catch (PdfFormatException)
        {
            return [];
        }
    }
}
