using System.Text.RegularExpressions;
using Xunit;

namespace ESign.Testing;

/// <summary>The arrows of the house: a folder of a project may name only the folders it is allowed to.</summary>
public static partial class FolderArrows
{
    /// <summary>Checks every source file of a project; an arrow nobody draws is not allowed for nothing.</summary>
    /// <param name="project">For example <c>ESign.Pdf</c>; folders are namespaces.</param>
    /// <param name="allowed">Folder → the folders of the same project it may use.</param>
    public static void Check(string project, IReadOnlyDictionary<string, string[]> allowed)
    {
        string root = Repository.PathTo("src", project);
        var broken = new List<string>();
        var drawn = new HashSet<(string From, string To)>();
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            string[] parts = Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar);
            if (parts.Length < 2 || parts[0] is "obj" or "bin")
            {
                continue;
            }

            Assert.True(allowed.ContainsKey(parts[0]), $"{project}/{parts[0]} is not in the picture of the house");
            foreach (Match match in FolderName().Matches(File.ReadAllText(file)))
            {
                string target = match.Groups["folder"].Value;
                bool ours = match.Groups["project"].Value == project && allowed.ContainsKey(target);
                drawn.Add((parts[0], target));
                if (ours && target != parts[0] && !allowed[parts[0]].Contains(target))
                {
                    broken.Add($"{string.Join('/', parts)} → {target}");
                }
            }
        }

        Assert.Empty(broken.Distinct());
        Assert.Empty(from arrow in allowed from target in arrow.Value where !drawn.Contains((arrow.Key, target)) select $"{arrow.Key} → {target} is allowed, and nobody needs it");
    }

    [GeneratedRegex(@"\b(?<project>ESign\.\w+)\.(?<folder>[A-Z]\w+)")]
    private static partial Regex FolderName();
}
