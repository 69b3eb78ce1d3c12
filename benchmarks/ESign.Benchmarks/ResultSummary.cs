using System.Globalization;
using System.Text;

namespace ESign.Benchmarks;

/// <summary>All tables of a run in one: what share of its goal each row takes, which rows fall short, and the chart.</summary>
/// <remarks>
/// Reads the tables themselves, whoever wrote them: a column <c>ratio</c> (less is better) or <c>of the floor</c> (more is
/// better) followed by a column <c>goal</c>. A row without a goal is no row of the chart.
/// </remarks>
internal static class ResultSummary
{
    private sealed record Row(string File, string Name, string Reached, string Goal, double Share);

    public static int Write(string folder)
    {
        Row[] rows = [.. new[] { "ratios.md", "processes.md", "http.md" }
            .Where(file => File.Exists(Path.Combine(folder, file)))
            .SelectMany(file => Rows(file, File.ReadAllLines(Path.Combine(folder, file))))];
        File.WriteAllText(Path.Combine(folder, "ratios.svg"), RatioChart.Draw([.. rows.Select(row => (row.Name, row.Share))]));
        Row[] shorts = [.. rows.Where(row => row.Share > 1)];
        var text = new StringBuilder("# Rows that fall short\n\n");
        text.Append(Invariant($"{rows.Length} rows have a goal, {rows.Length - shorts.Length} reach it.\n\n"));
        foreach (Row row in shorts)
        {
            text.Append(Invariant($"- {row.Name} ([{row.File}]({row.File})): {row.Reached}, goal {row.Goal}\n"));
        }

        File.WriteAllText(Path.Combine(folder, "summary.md"), text.ToString());
        Console.WriteLine(text.ToString());
        return 0;
    }

    private static IEnumerable<Row> Rows(string file, string[] lines)
    {
        string[] header = [];
        foreach (string[] cells in lines.Where(line => line.StartsWith('|')).Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()))
        {
            if (cells.Skip(1).Any(cell => cell is "ratio" or "of the floor"))
            {
                header = cells;
                continue;
            }

            int reached = Array.FindIndex(header, cell => cell is "ratio" or "of the floor");
            if (reached < 0 || cells.Length <= reached + 1 || !TryNumber(cells[reached], out double value) || !TryNumber(cells[reached + 1], out double goal))
            {
                continue;
            }

            // Without what it is compared with, and what it is made of.
            string name = cells[0].Replace("`", "", StringComparison.Ordinal).Split(" (floor")[0].Split(": signed")[0];
            int connections = Array.IndexOf(header, "connections");
            name = connections < 0 ? name : $"{name}, {cells[connections]} connections";
            yield return new Row(file, name, cells[reached], cells[reached + 1], header[reached] == "ratio" ? value / goal : goal / value);
        }
    }

    private static bool TryNumber(string cell, out double value) =>
        double.TryParse(cell.TrimEnd('%', ' '), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
