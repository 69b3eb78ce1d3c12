using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Content;

/// <summary>The marked-content operators: only replacement text matters here (ISO 32000-2 §14.9.4).</summary>
internal sealed partial class ContentInterpreter
{
    private static PdfString ToString(Operand operand, ReadOnlySpan<byte> text) =>
        new(operand.Kind == TokenKind.HexString ? StringDecoder.Hexadecimal(text) : StringDecoder.Literal(text));

    /// <summary>Passes over an inline property list, keeping the value of <c>/ActualText</c> as the operand.</summary>
    private void TakeDictionary(ref Lexer lexer)
    {
        Operand actualText = default;
        bool isActualText = false;
        for (int depth = 1; depth > 0 && lexer.Next();)
        {
            switch (lexer.Kind)
            {
                case TokenKind.DictionaryStart:
                    depth++;
                    break;
                case TokenKind.DictionaryEnd:
                    depth--;
                    break;
                case TokenKind.LiteralString or TokenKind.HexString when isActualText && depth == 1:
                    actualText = new Operand(lexer.Kind, 0, lexer.TokenStart + 1, lexer.Text.Length);
                    break;
            }

            isActualText = lexer.Kind == TokenKind.Name && lexer.Text.SequenceEqual("ActualText"u8);
        }

        if (actualText.IsString)
        {
            Take(actualText);
        }
    }

    private string? ActualTextOperand(ReadOnlySpan<byte> content)
    {
        if (_operands.Count == 0)
        {
            return null;
        }

        Operand last = _operands[^1];
        if (last.IsString)
        {
            return ToString(last, content.Slice(last.Start, last.Length)).ToText();
        }

        // A second name is a key of the resources' property lists.
        return _operands.Count >= 2 && NameOperand(content) is { } name
            && _resolver.Dictionary(_resolver.Dictionary(_resources["Properties"])?[name]) is { } properties
            && _resolver.Resolve(properties["ActualText"]) is PdfString text
            ? text.ToText()
            : null;
    }

    private void BeginMarkedContent(string? actualText)
    {
        if (_marked.Count == ContentLimits.MaxNesting)
        {
            throw ContentLimits.Exceeded("标记内容的嵌套层数超过", "marked content is nested deeper than", ContentLimits.MaxNesting);
        }

        _marked.Add(new MarkedContent(_glyphs.Count, actualText));
    }

    /// <summary>Closes sequences down to a depth; one with replacement text gives it to its glyphs.</summary>
    private void CloseMarkedContent(int depth)
    {
        while (_marked.Count > Math.Max(depth, 0))
        {
            MarkedContent closed = _marked[^1];
            _marked.RemoveAt(_marked.Count - 1);
            if (closed.ActualText is { } text)
            {
                Replace(closed.FirstGlyph, text);
            }
        }
    }

    /// <summary>
    /// Deals the replacement text out to the glyphs in order, as evenly as it goes: for "one glyph, one character" it is
    /// exact, for ligatures and hyphens near enough to place a box.
    /// </summary>
    private void Replace(int first, string text)
    {
        int count = _glyphs.Count - first;
        for (int i = 0; i < count; i++)
        {
            int from = (int)((long)i * text.Length / count);
            int to = (int)((long)(i + 1) * text.Length / count);
            _glyphs[first + i] = _glyphs[first + i] with { Text = text[from..to] };
        }
    }
}
