namespace ESign.Pdf.Content;

/// <summary>Sorts the occurrences on one page the way a person meets them.</summary>
internal static class ReadingOrder
{
    /// <summary>Rows first, from the top; within a row from the left. Vertical writing: columns from the right, within one from the top.</summary>
    public static void Sort(List<TextMatch> matches, bool isVertical)
    {
        if (isVertical)
        {
            SortByBands(matches, static m => -m.Displayed.Right, static m => m.Displayed.Y, static m => m.Displayed.Width);
        }
        else
        {
            SortByBands(matches, static m => m.Displayed.Y, static m => m.Displayed.X, static m => m.Displayed.Height);
        }
    }

    /// <summary>A band holds what begins within half the size of its first member; "nearly equal" is no order to sort by directly.</summary>
    private static void SortByBands(List<TextMatch> matches, Func<TextMatch, double> band, Func<TextMatch, double> along, Func<TextMatch, double> size)
    {
        // LINQ sorts are stable, so equal places stay in drawing order.
        TextMatch[] sorted = [.. matches.OrderBy(band)];
        matches.Clear();
        for (int first = 0; first < sorted.Length;)
        {
            int next = first + 1;
            while (next < sorted.Length && band(sorted[next]) - band(sorted[first]) <= size(sorted[first]) / 2)
            {
                next++;
            }

            matches.AddRange(sorted[first..next].OrderBy(along));
            first = next;
        }
    }
}
