using ESign.Pdf.Content.Decoding;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax;

namespace ESign.Pdf.Content;

/// <summary>Runs the content of a page far enough to know which characters stand where.</summary>
/// <remarks>
/// ISO 32000-2 §7.8 (content streams), §9.3–§9.4 (text state and text objects), §8.10 (form XObjects), §14.6 (marked
/// content). Painting is not done, so clipped or covered text is found too, and so is invisible text (Tr 3), which is
/// how scanned pages carry theirs. Unbalanced <c>q</c>/<c>Q</c>, stray operands and unknown operators are passed over.
/// </remarks>
internal sealed partial class ContentInterpreter
{
    private readonly IObjectResolver _resolver;
    private readonly FontReader _fonts;
    private readonly List<PlacedGlyph> _glyphs;
    private readonly ContentLimits _limits = new();
    private readonly List<TextState> _saved = [];
    private readonly List<Operand> _operands = [];
    private readonly List<MarkedContent> _marked = [];
    private readonly HashSet<int> _openForms = [];
    private PdfDictionary _resources;
    private TextState _state;
    private PdfMatrix _textMatrix;
    private PdfMatrix _lineMatrix;
    private byte[] _scratch = [];
    private int _formDepth;

    /// <summary>Prepares to read one page.</summary>
    /// <param name="resolver">Where objects come from.</param>
    /// <param name="fonts">The fonts of the document.</param>
    /// <param name="glyphs">Receives the characters in the order in which they are drawn.</param>
    public ContentInterpreter(IObjectResolver resolver, FontReader fonts, List<PlacedGlyph> glyphs)
    {
        _resolver = resolver;
        _fonts = fonts;
        _glyphs = glyphs;
        _resources = PdfDictionary.Empty;
        _state = TextState.Initial(PdfMatrix.Identity);
        _textMatrix = PdfMatrix.Identity;
        _lineMatrix = PdfMatrix.Identity;
    }

    /// <summary>Receives where pictures are drawn; null when nobody asks.</summary>
    public List<PdfRectangle>? Pictures { get; init; }

    /// <summary>Whether only what a person sees counts: no replacement text, and no invisible text (Tr 3 and 7, table 104).</summary>
    public bool AsSeen { get; init; }

    /// <summary>The bytes of content that were read, forms counted each time they were drawn.</summary>
    public long BytesRead => _limits.Bytes;

    /// <summary>Reads a page's content with its resources.</summary>
    /// <exception cref="PdfFormatException">A limit of <see cref="ContentLimits"/> was reached.</exception>
    public void Run(ReadOnlySpan<byte> content, PdfDictionary resources)
    {
        _resources = resources;
        Execute(content);
        CloseMarkedContent(0);
    }

    /// <summary>Reads an annotation's appearance, put where the matrix says.</summary>
    /// <exception cref="PdfFormatException">A limit of <see cref="ContentLimits"/> was reached.</exception>
    public void RunForm(PdfStream form, PdfMatrix matrix)
    {
        _saved.Clear();
        _state = TextState.Initial(matrix);
        _resources = PdfDictionary.Empty;
        DrawForm(form);
    }

    private void Execute(ReadOnlySpan<byte> content)
    {
        _limits.SpendBytes(content.Length);
        var lexer = new Lexer(content);
        _operands.Clear();
        while (lexer.Next())
        {
            switch (lexer.Kind)
            {
                case TokenKind.Keyword when lexer.IsKeyword("BI"u8):
                    TakePicture();
                    SkipInlineImage(ref lexer);
                    _operands.Clear();
                    break;
                case TokenKind.Keyword when IsStray(lexer):
                    break;
                case TokenKind.Keyword:
                    Operate(ref lexer);
                    _operands.Clear();
                    break;
                case TokenKind.DictionaryStart:
                    TakeDictionary(ref lexer);
                    break;
                case TokenKind.Integer or TokenKind.Real:
                    Take(new Operand(lexer.Kind, lexer.Number, 0, 0));
                    break;
                case TokenKind.Name or TokenKind.LiteralString or TokenKind.HexString:
                    Take(new Operand(lexer.Kind, 0, lexer.TokenStart + 1, lexer.Text.Length));
                    break;
                case TokenKind.ArrayStart or TokenKind.ArrayEnd:
                    Take(new Operand(lexer.Kind, 0, 0, 0));
                    break;
            }
        }
    }

    /// <summary>Some producers set the spacing inside the array of TJ, where no operator may stand (§7.8.2); the array goes on.</summary>
    private bool IsStray(in Lexer lexer) =>
        lexer.Text is [(byte)'T', (byte)'c' or (byte)'w' or (byte)'z' or (byte)'s']
        && _operands.FindLastIndex(static operand => operand.Kind == TokenKind.ArrayStart) > _operands.FindLastIndex(static operand => operand.Kind == TokenKind.ArrayEnd);

    private void Take(Operand operand)
    {
        if (_operands.Count == ContentLimits.MaxOperands)
        {
            throw ContentLimits.Exceeded("操作符的操作数超过", "an operator has more operands than", ContentLimits.MaxOperands);
        }

        _operands.Add(operand);
    }

    /// <summary>Annex A of ISO 32000-2, as far as text depends on it.</summary>
    private void Operate(ref Lexer lexer)
    {
        switch (Pack(lexer.Text))
        {
            case 'q':
                Save();
                break;
            case 'Q':
                Restore();
                break;
            case ('c' << 8) | 'm':
                _state.Matrix = MatrixOperand().Then(_state.Matrix);
                break;
            case ('D' << 8) | 'o':
                DrawForm(NameOperand(lexer.Data));
                break;
            case ('g' << 8) | 's':
                ApplyGraphicsState(NameOperand(lexer.Data));
                break;
            case ('B' << 16) | ('D' << 8) | 'C':
                BeginMarkedContent(AsSeen ? null : ActualTextOperand(lexer.Data));
                break;
            case ('B' << 16) | ('M' << 8) | 'C':
                BeginMarkedContent(actualText: null);
                break;
            case ('E' << 16) | ('M' << 8) | 'C':
                CloseMarkedContent(_marked.Count - 1);
                break;
            default:
                OperateText(Pack(lexer.Text), lexer.Data);
                break;
        }
    }

    private static int Pack(ReadOnlySpan<byte> name)
    {
        int packed = 0;
        foreach (byte octet in name[..Math.Min(name.Length, 4)])
        {
            packed = (packed << 8) | octet;
        }

        return packed;
    }

    private void Save()
    {
        if (_saved.Count == ContentLimits.MaxNesting)
        {
            throw ContentLimits.Exceeded("图形状态（q）的保存层数超过", "graphics states are saved (q) deeper than", ContentLimits.MaxNesting);
        }

        _saved.Add(_state);
    }

    private void Restore()
    {
        if (_saved.Count > 0)
        {
            _state = _saved[^1];
            _saved.RemoveAt(_saved.Count - 1);
        }
    }

    private void ApplyGraphicsState(string? name)
    {
        // Table 57: an ExtGState may set the font.
        if (name is not null
            && _resolver.Dictionary(_resolver.Dictionary(_resources["ExtGState"])?[name]) is { } parameters
            && _resolver.Array(parameters["Font"]) is { Count: 2 } font)
        {
            _state.Font = _fonts.Read(font[0]);
            _state.Size = _resolver.Number(font[1], 0);
        }
    }

    /// <summary>§8.10.1: the form's matrix is put before the current one, its own resources replace the page's.</summary>
    private void DrawForm(string? name)
    {
        if (name is null
            || _resolver.Dictionary(_resources["XObject"])?[name] is not { } entry
            || _resolver.Resolve(entry) is not PdfStream form)
        {
            return;
        }

        if (_resolver.Name(form.Dictionary["Subtype"]) != "Form")
        {
            TakePicture();
            return;
        }

        int number = entry is PdfReference reference ? reference.Number : 0;
        if (number != 0 && !_openForms.Add(number))
        {
            // A form that draws itself: every reader leaves the inner drawing out.
            return;
        }

        if (++_formDepth > ContentLimits.MaxFormDepth)
        {
            throw ContentLimits.Exceeded("表单对象的嵌套层数超过", "forms are nested deeper than", ContentLimits.MaxFormDepth);
        }

        DrawForm(form);
        _formDepth--;
        _openForms.Remove(number);
    }

    private void DrawForm(PdfStream form)
    {
        (TextState state, PdfDictionary resources, PdfMatrix text, PdfMatrix line) = (_state, _resources, _textMatrix, _lineMatrix);
        int saved = _saved.Count;
        int marked = _marked.Count;
        _state.Matrix = (_resolver.Matrix(form.Dictionary["Matrix"]) ?? PdfMatrix.Identity).Then(_state.Matrix);
        _resources = _resolver.Dictionary(form.Dictionary["Resources"]) ?? _resources;
        _limits.SpendBytes(ContentLimits.FormOverhead);
        Execute(_resolver.DecodeOrEmpty(form).Span);
        CloseMarkedContent(marked);
        if (_saved.Count > saved)
        {
            _saved.RemoveRange(saved, _saved.Count - saved);
        }

        (_state, _resources, _textMatrix, _lineMatrix) = (state, resources, text, line);
    }

    /// <summary>§8.9.5: a picture fills the unit square.</summary>
    private void TakePicture()
    {
        if (Pictures is { Count: < ContentLimits.MaxPictures })
        {
            Pictures.Add(_state.Matrix.Apply(new PdfRectangle(0, 0, 1, 1)));
        }
    }

    private PdfMatrix MatrixOperand() => new(Number(5), Number(4), Number(3), Number(2), Number(1), Number(0));

    /// <summary>The number that stands so many places before the operator; 0 when it is missing.</summary>
    private double Number(int fromEnd)
    {
        int index = _operands.Count - 1 - fromEnd;
        return index >= 0 && _operands[index].IsNumber ? _operands[index].Number : 0;
    }

    private string? NameOperand(ReadOnlySpan<byte> content, int fromEnd = 0)
    {
        int index = _operands.Count - 1 - fromEnd;
        return index >= 0 && _operands[index] is { Kind: TokenKind.Name } name ? StringDecoder.Name(content.Slice(name.Start, name.Length)) : null;
    }

    /// <summary>The bytes of a string operand; valid until the next call.</summary>
    private ReadOnlySpan<byte> StringOperand(Operand operand, ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> text = content.Slice(operand.Start, operand.Length);
        if (operand.Kind == TokenKind.LiteralString && text.IndexOfAny((byte)'\\', (byte)'\r') < 0)
        {
            return text;
        }

        if (_scratch.Length < text.Length)
        {
            _scratch = new byte[Math.Max(text.Length, 1024)];
        }

        int length = operand.Kind == TokenKind.HexString ? StringDecoder.Hexadecimal(text, _scratch) : StringDecoder.Literal(text, _scratch);
        return _scratch.AsSpan(0, length);
    }

    /// <summary>§8.9.7: from <c>ID</c> to the <c>EI</c> that is followed by content again; image bytes may hold "EI" by chance.</summary>
    internal static void SkipInlineImage(ref Lexer lexer)
    {
        while (lexer.Next() && !lexer.IsKeyword("ID"u8))
        {
        }

        ReadOnlySpan<byte> data = lexer.Data;
        for (int i = lexer.Position; i + 1 < data.Length; i++)
        {
            int step = data[i..].IndexOf("EI"u8);
            if (step < 0)
            {
                break;
            }

            i += step;
            if (i > 0 && CharacterClass.IsWhiteSpace(data[i - 1]) && IsContentAhead(data[(i + 2)..]))
            {
                lexer.Position = i + 2;
                return;
            }
        }

        lexer.Position = data.Length;
    }

    private static bool IsContentAhead(ReadOnlySpan<byte> rest)
    {
        const int Looked = 12;
        ReadOnlySpan<byte> ahead = rest[..Math.Min(rest.Length, Looked)];
        return ahead.IsEmpty
            || (CharacterClass.IsWhiteSpace(ahead[0]) && !ahead.ContainsAnyExceptInRange((byte)0, (byte)0x7E) && !ahead.ContainsAnyInRange((byte)0x0E, (byte)0x1F));
    }
}
