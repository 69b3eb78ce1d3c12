using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>A table row with its text broken to the columns' widths, or what is left of it after a page's end.</summary>
internal sealed class TableRowLayout
{
    private readonly IReadOnlyList<CellLayout> _cells;
    private readonly TableStyle _style;

    private TableRowLayout(IReadOnlyList<CellLayout> cells, TableStyle style)
    {
        _cells = cells;
        _style = style;
        Height = HeightOf(int.MaxValue);
    }

    public double Height { get; }

    public static TableRowLayout Create(PageFlow flow, IReadOnlyList<TableCell> cells, double[] widths, TableStyle style, bool isHeader, StructureElement? table, List<StructureElement> paragraphs)
    {
        var layouts = new List<CellLayout>(cells.Count);
        StructureElement? structure = table?.Add(new StructureElement("TR"));
        double x = flow.Style.MarginLeft;
        int column = 0;
        foreach (TableCell cell in cells)
        {
            double width = widths.AsSpan(column, Math.Min(cell.ColumnSpan, widths.Length - column)).ToArray().Sum();
            StructureElement element = structure?.Add(ElementOf(cell, isHeader)) ?? new StructureElement("P");
            if (structure is null)
            {
                paragraphs.Add(element);
            }

            layouts.Add(CellLayout.Create(flow, isHeader ? cell with { IsBold = true, IsShaded = true, Alignment = TextAlignment.Center } : cell, x, width, style, element));
            x += width;
            column += cell.ColumnSpan;
        }

        return new TableRowLayout(layouts, style);
    }

    /// <summary>The height of the first lines of all cells.</summary>
    public double HeightOf(int maximumLines) => (2 * _style.Padding) + _cells.Max(cell => cell.HeightOf(maximumLines));

    /// <summary>Whether at least two lines, or all there are, of each cell fit.</summary>
    public bool CanSplit(double height) => HeightOf(maximumLines: 2) <= height;

    /// <summary>Cuts the row so that the first part is at most so high; each part takes at least a line.</summary>
    public (TableRowLayout Part, TableRowLayout? Remainder) Split(double height)
    {
        double room = height - (2 * _style.Padding);
        List<(CellLayout Part, CellLayout Remainder)> cut = [.. _cells.Select(cell => cell.Split(room))];
        var part = new TableRowLayout([.. cut.Select(c => c.Part)], _style);
        return (part, cut.All(c => c.Remainder.IsEmpty) ? null : new TableRowLayout([.. cut.Select(c => c.Remainder)], _style));
    }

    public void Draw(PageFlow flow)
    {
        foreach (CellLayout cell in _cells)
        {
            cell.Draw(flow.Canvas, flow.Y, Height, _style);
        }

        flow.Advance(Height);
    }

    /// <summary>Draws a header at the top of a further page, where it says nothing new.</summary>
    public void DrawAgain(PageFlow flow)
    {
        foreach (CellLayout cell in _cells)
        {
            cell.DrawAgain(flow.Canvas, flow.Y, Height, _style);
        }

        flow.Advance(Height);
    }

    private static StructureElement ElementOf(TableCell cell, bool isHeader)
    {
        string scope = isHeader ? "Column" : cell.IsRowHeader ? "Row" : "";
        PdfDictionary attributes = PdfDictionary.Empty;
        attributes = scope.Length > 0 ? attributes.With("Scope", new PdfName(scope)) : attributes;
        attributes = cell.ColumnSpan > 1 ? attributes.With("ColSpan", cell.ColumnSpan) : attributes;
        return new StructureElement(scope.Length > 0 ? "TH" : "TD") { TableAttributes = attributes.Count == 0 ? null : attributes.With("O", new PdfName("Table")) };
    }
}
