namespace ESign.Pdf.Composition;

/// <summary>A table: cells wrap, rows go on over the page's end, header rows are repeated on each page.</summary>
internal sealed class Table(IReadOnlyList<double> columns, IReadOnlyList<IReadOnlyList<TableCell>> rows, int headerRows = 0, TableStyle? style = null) : Block
{
    /// <summary>A row up to this part of a page moves to the next page whole; a higher one is split between lines.</summary>
    private const double LargestRowKeptWhole = 0.25;

    private readonly TableStyle _style = style ?? new TableStyle();

    /// <summary>A box around one text, or columns without borders, is no table to who cannot see it: its cells are paragraphs.</summary>
    private bool IsForLooks => _style.Border == 0 || rows is [[_]];

    /// <summary>A table of two columns, the left one shaded: names and values.</summary>
    public static Table KeyValues(IEnumerable<(string Name, TableCell Value)> pairs, double nameShare = 0.28, TableStyle? style = null) => new(
        [nameShare, 1 - nameShare],
        [.. pairs.Select(IReadOnlyList<TableCell> (pair) => [((TableCell)pair.Name) with { IsShaded = true, IsRowHeader = true }, pair.Value])],
        style: style);

    internal override void Compose(PageFlow flow)
    {
        double[] widths = [.. columns.Select(share => share / columns.Sum() * flow.Style.BodyWidth)];
        StructureElement? table = IsForLooks ? null : flow.Structure.Add(new StructureElement("Table"));
        TableRowLayout[] layouts = [.. rows.Select((row, i) => TableRowLayout.Create(flow, row, widths, _style, isHeader: i < headerRows, table))];
        TableRowLayout[] headers = layouts[..headerRows];
        double headerHeight = headers.Sum(header => header.Height);
        flow.Skip(_style.SpaceBefore);
        if (_style.KeepTogether)
        {
            flow.EnsureSpace(layouts.Sum(row => row.Height));
        }
        else if (layouts.Length > headerRows)
        {
            // The header never stands alone: room for what the first row takes here.
            TableRowLayout first = layouts[headerRows];
            flow.EnsureSpace(headerHeight + (IsKeptWhole(first, flow, headerHeight) ? first.Height : first.HeightOf(maximumLines: 2)));
        }

        foreach (TableRowLayout header in headers)
        {
            header.Draw(flow);
        }

        foreach (TableRowLayout row in layouts.AsSpan(headerRows))
        {
            DrawRow(flow, row, headers, headerHeight);
        }

        flow.Skip(_style.SpaceAfter);
    }

    private static void DrawRow(PageFlow flow, TableRowLayout row, TableRowLayout[] headers, double headerHeight)
    {
        TableRowLayout? rest = row;
        while (rest is not null)
        {
            if (flow.HasSpace(rest.Height))
            {
                rest.Draw(flow);
                return;
            }

            double page = flow.Style.BodyHeight - headerHeight;
            bool isAtTop = flow.Remaining >= page - 0.01;
            if (!isAtTop && (IsKeptWhole(row, flow, headerHeight) || !rest.CanSplit(flow.Remaining)))
            {
                flow.NewPage();
                Repeat(flow, headers);
                continue;
            }

            (TableRowLayout part, TableRowLayout? remainder) = rest.Split(flow.Remaining);
            part.Draw(flow);
            rest = remainder;
            if (rest is not null)
            {
                flow.NewPage();
                Repeat(flow, headers);
            }
        }
    }

    private static bool IsKeptWhole(TableRowLayout row, PageFlow flow, double headerHeight) =>
        row.Height <= (flow.Style.BodyHeight - headerHeight) * LargestRowKeptWhole;

    private static void Repeat(PageFlow flow, TableRowLayout[] headers)
    {
        foreach (TableRowLayout header in headers)
        {
            header.DrawAgain(flow);
        }
    }
}
