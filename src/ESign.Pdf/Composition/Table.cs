namespace ESign.Pdf.Composition;

/// <summary>A table: cells wrap, rows go on over the page's end, header rows are repeated on each page.</summary>
internal sealed class Table(IReadOnlyList<double> columns, IReadOnlyList<IReadOnlyList<TableCell>> rows, int headerRows = 0, TableStyle? style = null) : Block
{
    /// <summary>A row up to this part of a page moves to the next page whole; a higher one is split between lines.</summary>
    private const double LargestRowKeptWhole = 0.25;

    private readonly TableStyle _style = style ?? new TableStyle();

    private Layout? _layout;

    /// <summary>A box around one text, or columns without borders, is no table to who cannot see it: its cells are paragraphs.</summary>
    private bool IsForLooks => _style.Border == 0 || rows is [[_]];

    /// <summary>A table of two columns, the left one shaded: names and values.</summary>
    public static Table KeyValues(IEnumerable<(string Name, TableCell Value)> pairs, double nameShare = 0.28, TableStyle? style = null) => new(
        [nameShare, 1 - nameShare],
        [.. pairs.Select(IReadOnlyList<TableCell> (pair) => [((TableCell)pair.Name) with { IsShaded = true, IsRowHeader = true }, pair.Value])],
        style: style);

    internal override bool StaysWithNext => _style.KeepWithNext;

    internal override double HeightToBegin(PageFlow flow)
    {
        Layout layout = _layout ??= Layout.Create(flow, columns, rows, headerRows, _style, IsForLooks);
        if (_style.KeepTogether || _style.KeepWithNext)
        {
            return _style.SpaceBefore + layout.Rows.Sum(row => row.Height) + (_style.KeepWithNext ? _style.SpaceAfter : 0);
        }

        // The header never stands alone: room for what the first row takes here.
        TableRowLayout? first = layout.Rows.Length > headerRows ? layout.Rows[headerRows] : null;
        double body = first is null ? 0 : IsKeptWhole(first, flow, layout.HeaderHeight) ? layout.HeightWithFollowers(headerRows, headerRows, LargestKeptWhole(flow, layout.HeaderHeight)) : first.HeightOf(maximumLines: 2);
        return _style.SpaceBefore + layout.HeaderHeight + body;
    }

    internal override void Compose(PageFlow flow)
    {
        double needed = HeightToBegin(flow) - _style.SpaceBefore;
        Layout layout = _layout!;
        _layout = null;
        foreach (StructureElement element in layout.Structure)
        {
            flow.Structure.Add(element);
        }

        flow.Skip(_style.SpaceBefore);
        flow.EnsureSpace(_style.KeepWithNext ? Math.Min(needed + flow.NextNeeds, flow.Style.BodyHeight) : needed);
        TableRowLayout[] headers = layout.Rows[..headerRows];
        foreach (TableRowLayout header in headers)
        {
            header.Draw(flow);
        }

        double largest = LargestKeptWhole(flow, layout.HeaderHeight);
        for (int i = headerRows; i < layout.Rows.Length; i++)
        {
            // A row that stays whole and may not be parted from the next ones goes to the next page with them.
            bool isAtTop = flow.Remaining >= flow.Style.BodyHeight - layout.HeaderHeight - 0.01;
            if (!isAtTop && !flow.HasSpace(layout.HeightWithFollowers(i, headerRows, largest)) && IsKeptWhole(layout.Rows[i], flow, layout.HeaderHeight))
            {
                flow.NewPage();
                Repeat(flow, headers);
            }

            DrawRow(flow, layout.Rows[i], headers, layout.HeaderHeight);
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
        row.Height <= LargestKeptWhole(flow, headerHeight);

    private static double LargestKeptWhole(PageFlow flow, double headerHeight) => (flow.Style.BodyHeight - headerHeight) * LargestRowKeptWhole;

    private static void Repeat(PageFlow flow, TableRowLayout[] headers)
    {
        foreach (TableRowLayout header in headers)
        {
            header.DrawAgain(flow);
        }
    }

    /// <summary>The rows broken into lines, and what they are in the document's structure.</summary>
    private sealed record Layout(TableRowLayout[] Rows, double HeaderHeight, IReadOnlyList<StructureElement> Structure)
    {
        /// <summary>The height of a row and of those it stays with: neither the first nor the last row stands alone on a page.</summary>
        /// <param name="index">The row.</param>
        /// <param name="first">The first row after the header.</param>
        /// <param name="largest">Together they are at most so high, or the row stands for itself.</param>
        public double HeightWithFollowers(int index, int first, double largest)
        {
            double height = Rows[index].Height;
            for (int i = index; i + 1 < Rows.Length && (i == first || i == Rows.Length - 2); i++)
            {
                height += Rows[i + 1].Height;
            }

            return height <= largest ? height : Rows[index].Height;
        }

        public static Layout Create(PageFlow flow, IReadOnlyList<double> columns, IReadOnlyList<IReadOnlyList<TableCell>> rows, int headerRows, TableStyle style, bool isForLooks)
        {
            double[] widths = [.. columns.Select(share => share / columns.Sum() * flow.Style.BodyWidth)];
            var structure = new List<StructureElement>();
            StructureElement? table = isForLooks ? null : new StructureElement("Table");
            TableRowLayout[] layouts = [.. rows.Select((row, i) => TableRowLayout.Create(flow, row, widths, style, isHeader: i < headerRows, table, structure))];
            return new Layout(layouts, layouts.Take(headerRows).Sum(header => header.Height), table is null ? structure : [table]);
        }
    }
}
