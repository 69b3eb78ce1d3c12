namespace ESign.Pdf.Composition;

/// <summary>Broken lines and the height each takes.</summary>
internal sealed class TextBox
{
    /// <summary>Of a full-width square, the part above the baseline (the ideographic em box of Source Han fonts is 880 / −120).</summary>
    private const double EmBoxAscent = 0.88;

    private readonly double _width;
    private readonly TextAlignment _alignment;
    private readonly double _firstLineIndent;
    private readonly double _size;

    private TextBox(IReadOnlyList<TextLine> lines, double width, double lineHeight, TextAlignment alignment, double firstLineIndent, double size)
    {
        Lines = lines;
        LineHeight = lineHeight;
        _width = width;
        _alignment = alignment;
        _firstLineIndent = firstLineIndent;
        _size = size;
    }

    public IReadOnlyList<TextLine> Lines { get; }

    public double LineHeight { get; }

    public double Height => Lines.Count * LineHeight;

    /// <param name="shaper">Cuts the text.</param>
    /// <param name="spans">The text.</param>
    /// <param name="style">Its style; the indent is the caller's, outside <paramref name="width"/>.</param>
    /// <param name="width">The room for lines.</param>
    public static TextBox Create(TextShaper shaper, IReadOnlyList<TextSpan> spans, ParagraphStyle style, double width)
    {
        double indent = style.FirstLineIndent * style.Text.Size;
        List<Cluster> clusters = shaper.Shape(spans, style.Text, width - indent);
        IReadOnlyList<TextLine> lines = LineBreaker.Break(clusters, width - indent, width);
        double size = Math.Max(style.Text.Size, lines.Max(line => line.Size));
        return new TextBox(lines, width, size * style.LineHeight, style.Alignment, indent, size);
    }

    /// <summary>Draws some of the lines, the first of them with its top at <paramref name="top"/>.</summary>
    public void Draw(PageCanvas canvas, double left, double top, int first, int count)
    {
        for (int i = first; i < first + count; i++)
        {
            double indent = i == 0 ? _firstLineIndent : 0;
            double room = _width - indent;
            TextLine line = _alignment == TextAlignment.Justify ? Lines[i].Justified(room) : Lines[i];
            double offset = _alignment switch
            {
                TextAlignment.Center => (room - line.Width) / 2,
                TextAlignment.Right => room - line.Width,
                _ => 0,
            };
            double baseline = top + ((i - first) * LineHeight) + ((LineHeight - _size) / 2) + (EmBoxAscent * _size);
            canvas.DrawLine(line, left + indent + offset, baseline);
        }
    }
}
