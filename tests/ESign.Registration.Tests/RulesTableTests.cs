using System.Globalization;
using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Registration.Tests;

/// <summary>docs/rules.md: every row of the rules once, and every test it names in the tree.</summary>
public sealed partial class RulesTableTests
{
    private const int LastRow = 241;

    private static readonly string[][] Rows =
        [.. File.ReadAllLines(Repository.PathTo("docs", "rules.md")).Where(static line => line.StartsWith("| F", StringComparison.Ordinal)).Select(static line => line.Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void Every_row_is_there_once_and_in_order() =>
        Assert.Equal(Enumerable.Range(1, LastRow), Rows.SelectMany(static row => Expand(row[1])));

    [Fact]
    public void What_is_ours_names_tests_that_exist_and_what_is_not_says_so()
    {
        HashSet<string> classes = [.. Directory.EnumerateFiles(Repository.PathTo("tests"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).OfType<string>()];
        Assert.All(Rows, row =>
        {
            string[] tests = [.. Quoted().Matches(row[4]).Select(static match => match.Groups[1].Value)];
            Assert.All(tests, test => Assert.Contains(test, classes));
            Assert.True(tests.Length > 0 || row[4] == "–", row[1]);
            Assert.NotEqual("", row[3]);
        });
    }

    private static IEnumerable<int> Expand(string rows)
    {
        int[] ends = [.. rows.Split('–').Select(static row => int.Parse(row.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }

    [GeneratedRegex("`([A-Za-z]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Quoted();
}
