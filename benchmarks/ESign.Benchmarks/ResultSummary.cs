using System.Globalization;
using System.Text;

namespace ESign.Benchmarks;

/// <summary>All tables of a run in one: what share of its goal each row takes, which rows fall short, and the chart.</summary>
/// <remarks>
/// Reads the tables themselves, whoever wrote them: a column <c>ratio</c>, <c>KiB</c> or <c>peak MiB</c> (less is better),
/// <c>of the floor</c> or <c>per s</c> (more is better), followed by a column <c>goal</c>. The chart shows ratios and shares.
/// </remarks>
internal static class ResultSummary
{
    private sealed record Row(string File, string Name, string Column, string Reached, string Goal, double Share)
    {
        public bool IsDrawn => Column is "ratio" or "of the floor";
    }

    public static int Write(string folder)
    {
        Row[] rows = [.. new[] { "ratios.md", "processes.md", "http.md" }
            .Where(file => File.Exists(Path.Combine(folder, file)))
            .SelectMany(file => Rows(file, File.ReadAllLines(Path.Combine(folder, file))))];
        File.WriteAllText(Path.Combine(folder, "ratios.svg"), RatioChart.Draw([.. rows.Where(row => row.IsDrawn).Select(row => (row.Name, row.Share))]));
        Row[] shorts = [.. rows.Where(row => row.Share > 1)];
        var text = new StringBuilder("# Rows that fall short\n\n");
        text.Append(Invariant($"{rows.Length} figures have a goal, {rows.Length - shorts.Length} reach it. Why the others do not: [performance](../../docs/performance.md).\n\n"));
        foreach (Row row in shorts)
        {
            text.Append(Invariant($"- {row.Name} ([{row.File}]({row.File})): {row.Column} {row.Reached}, goal {row.Goal}\n"));
        }

        File.WriteAllText(Path.Combine(folder, "summary.md"), text.ToString());
        Console.WriteLine(text.ToString());
        return 0;
    }

    private static IEnumerable<Row> Rows(string file, string[] lines)
    {
        string[] header = [];
        foreach (string[] cells in lines.Where(line => line.StartsWith('|')).Select(line => line[1..^1].Split('|').Select(cell => cell.Trim()).ToArray()))
        {
            if (cells.Contains("goal"))
            {
                header = cells;
                continue;
            }

            for (int i = 1; i + 1 < Math.Min(header.Length, cells.Length); i++)
            {
                if (header[i + 1] == "goal" && TryNumber(cells[i], out double value) && TryNumber(cells[i + 1], out double goal))
                {
                    bool moreIsBetter = header[i] is "of the floor" or "per s";
                    yield return new Row(file, NameOf(header, cells), header[i], cells[i], cells[i + 1], moreIsBetter ? goal / value : value / goal);
                }
            }
        }
    }

    /// <summary>Without what it is compared with, and what it is made of.</summary>
    private static string NameOf(string[] header, string[] cells)
    {
        string name = cells[0].Replace("`", "", StringComparison.Ordinal).Split(" (floor")[0].Split(": signed")[0];
        int connections = Array.IndexOf(header, "connections");
        return connections < 0 ? name : $"{name}, {cells[connections]} connections";
    }

    private static bool TryNumber(string cell, out double value) =>
        double.TryParse(cell.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
