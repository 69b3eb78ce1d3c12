using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Docs.Snippets;

/// <summary>
/// Every C# block of the README and the guides is a region of a program in this project: the region is compiled and run,
/// and the block must be the same text.
/// </summary>
public partial class SnippetTests
{
    [Fact]
    public void Every_block_in_the_documents_is_a_region_that_is_compiled_and_run()
    {
        var regions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.GetFiles(Repository.PathTo("tests", "ESign.Docs.Snippets"), "*.cs"))
        {
            foreach (Match region in Region().Matches(File.ReadAllText(file)))
            {
                regions.Add(region.Groups["name"].Value, Dedent(region.Groups["code"].Value));
            }
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        string[] documents = [Repository.PathTo("README.md"), .. Directory.GetFiles(Repository.PathTo("docs"), "*.md", SearchOption.AllDirectories), .. Directory.GetDirectories(Repository.PathTo("src")).Select(project => Path.Combine(project, "README.md")).Where(File.Exists)];
        foreach (string document in documents)
        {
            foreach (Match block in Block().Matches(File.ReadAllText(document).ReplaceLineEndings("\n")))
            {
                string name = block.Groups["name"].Value;
                Assert.True(name.Length > 0, $"{Path.GetFileName(document)}: a C# block without a <!-- snippet: name --> before it:\n{block.Groups["code"].Value}");
                Assert.True(regions.TryGetValue(name, out string? code), $"{Path.GetFileName(document)}: no region \"{name}\"");
                Assert.Equal(code, block.Groups["code"].Value.TrimEnd());
                used.Add(name);
            }
        }

        Assert.Equal(regions.Keys.Order(), used.Order());
    }

    private static string Dedent(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Trim('\n').TrimEnd().Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : ""));
    }

    [GeneratedRegex(@"#region (?<name>[\w-]+)\r?\n(?<code>.*?)#endregion", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex(@"(?:<!-- snippet: (?<name>[\w-]+) -->\n)?```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
