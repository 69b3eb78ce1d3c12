namespace ESign.Pdf.Composition;

/// <summary>A cell's lines (or figure) and its place across the page.</summary>
internal sealed class CellLayout
{
    private readonly TextBox _text;
    private readonly int _first;
    private readonly int _count;
    private readonly (Figure Figure, double Width, double Height)? _figure;
    private readonly double _x;
    private readonly double _width;
    private readonly TableCell _cell;
    private readonly StructureElement _element;

    private CellLayout(TextBox text, int first, int count, (Figure, double, double)? figure, double x, double width, TableCell cell, StructureElement element)
    {
        _text = text;
        _first = first;
        _count = count;
        _figure = figure;
        _x = x;
        _width = width;
        _cell = cell;
        _element = element;
    }

    public bool IsEmpty => _count == 0 && _figure is null;

    public static CellLayout Create(PageFlow flow, TableCell cell, double x, double width, TableStyle style, StructureElement element)
    {
        var text = new ParagraphStyle
        {
            Text = style.Text with { IsBold = cell.IsBold || style.Text.IsBold },
            Alignment = cell.Alignment,
            LineHeight = style.LineHeight,
        };
        double room = width - (2 * style.Padding);
        (Figure, double, double)? figure = null;
        if (cell.Figure is { } given)
        {
            (double figureWidth, double figureHeight) = given.Fit(room, flow.Style.BodyHeight / 2);
            figure = (given, figureWidth, figureHeight);
        }

        TextBox box = TextBox.Create(flow.Shaper, cell.Spans, text, room);
        return new CellLayout(box, 0, figure is null ? box.Lines.Count : 0, figure, x, width, cell, figure is null ? element : element.Add(cell.Figure!.Element()));
    }

    public double HeightOf(int maximumLines) => _figure?.Height ?? (Math.Min(_count, maximumLines) * _text.LineHeight);

    /// <summary>The lines that fit (at least one) and the others; a figure goes with the first part.</summary>
    public (CellLayout Part, CellLayout Remainder) Split(double height)
    {
        int fitting = Math.Min(_count, Math.Max(1, (int)((height + 0.01) / _text.LineHeight)));
        return (With(_first, fitting, _figure), With(_first + fitting, _count - fitting, null));
    }

    public void Draw(PageCanvas canvas, double top, double height, TableStyle style)
    {
        if (_cell.IsShaded || style.Border > 0)
        {
            using MarkedSequence ground = canvas.MarkArtifact();
            DrawGround(canvas, top, height, style);
        }

        if (!IsEmpty)
        {
            using MarkedSequence marked = canvas.Mark(_element);
            DrawContent(canvas, top, height, style);
        }
    }

    /// <summary>Draws a header's cell once more, on a further page.</summary>
    public void DrawAgain(PageCanvas canvas, double top, double height, TableStyle style)
    {
        using MarkedSequence marked = canvas.MarkArtifact();
        DrawGround(canvas, top, height, style);
        DrawContent(canvas, top, height, style);
    }

    private void DrawGround(PageCanvas canvas, double top, double height, TableStyle style)
    {
        var area = new DisplayedRectangle(_x, top, _width, height);
        if (_cell.IsShaded)
        {
            canvas.FillRectangle(area, RgbColor.PaleGray);
        }

        if (style.Border > 0)
        {
            canvas.DrawFrame(area, style.Border, RgbColor.Gray);
        }
    }

    private void DrawContent(PageCanvas canvas, double top, double height, TableStyle style)
    {
        double contentTop = top + ((height - HeightOf(int.MaxValue)) / 2); // centred between the lines above and below
        if (_figure is { } figure)
        {
            canvas.DrawAppearance(figure.Figure.Appearance, new DisplayedRectangle(_x + ((_width - figure.Width) / 2), contentTop, figure.Width, figure.Height));
        }
        else
        {
            _text.Draw(canvas, _x + style.Padding, contentTop, _first, _count);
        }
    }

    private CellLayout With(int first, int count, (Figure, double, double)? figure) => new(_text, first, count, figure, _x, _width, _cell, _element);
}
