using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Docs.Snippets;

/// <summary>What the documents name is there: types and members in the code, files behind links.</summary>
public partial class DocumentTests
{
    private static readonly Lazy<HashSet<string>> s_identifiers = new(() =>
        [.. ((string[])["src", "tests"]).SelectMany(folder => Directory.EnumerateFiles(Repository.PathTo(folder), "*.cs*", SearchOption.AllDirectories)) // and project files
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Identifier().Matches(File.ReadAllText(file)).Select(match => match.Value))]);

    public static TheoryData<string> Documents() =>
        [.. Directory.GetFiles(Repository.Root, "*.md")
            .Concat(((string[])["docs", "samples", "benchmarks"]).SelectMany(folder => Directory.GetFiles(Repository.PathTo(folder), "*.md", SearchOption.AllDirectories)))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Types_and_members_that_are_named_exist(string document)
    {
        string text = Block().Replace(File.ReadAllText(Repository.PathTo(document)), "");
        string[] named = [.. Code().Matches(text).Select(match => match.Groups[1].Value).SelectMany(name => name.Split('.')).Distinct(StringComparer.Ordinal)];
        Assert.All(named, name => Assert.True(s_identifiers.Value.Contains(name) || Directory.Exists(Repository.PathTo("samples", name)), name));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_lead_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Repository.PathTo(document))!;
        string[] targets = [.. Link().Matches(Block().Replace(File.ReadAllText(Repository.PathTo(document)), "")).Select(match => match.Groups[1].Value.Split('#')[0]).Where(target => target.Length > 0 && !target.Contains(':', StringComparison.Ordinal))];
        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target)), target));
    }

    [GeneratedRegex(@"```.*?```", RegexOptions.Singleline, 5000)]
    private static partial Regex Block();

    // A type, or a type's member: PascalCase with a lower-case letter in it, so that names of verdicts and algorithms are left out.
    [GeneratedRegex(@"`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(?:\.[A-Z]\w+)*)`", RegexOptions.None, 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.None, 5000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\w+", RegexOptions.None, 5000)]
    private static partial Regex Identifier();
}
