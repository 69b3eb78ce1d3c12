using System.Text.RegularExpressions;
using System.Xml.Linq;
using ESign.Testing;

namespace ESign.Docs.Snippets.House;

/// <summary>Who uses whom, read from the sources: between the projects, or between the folders of one.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Uses">Each name with those it uses, without what follows from others: an arrow stands for the longest way.</param>
internal sealed partial record ReferenceGraph(string Title, IReadOnlyDictionary<string, IReadOnlySet<string>> Uses)
{
    /// <summary>The projects of <c>src</c> by their project files.</summary>
    public static ReferenceGraph OfProjects() => Reduced("Projects", Directory.EnumerateFiles(Repository.PathTo("src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(
        file => Path.GetFileNameWithoutExtension(file),
        file => XDocument.Load(file).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).ToHashSet(StringComparer.Ordinal),
        StringComparer.Ordinal));

    /// <summary>The folders of a project by the namespaces that their files name.</summary>
    public static ReferenceGraph OfFolders(string project)
    {
        string root = Repository.PathTo("src", project);
        string[] folders = [.. Directory.EnumerateDirectories(root).Select(folder => Path.GetFileName(folder)!)
            .Where(folder => folder is not ("bin" or "obj") && Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories).Any())];
        return Reduced("Folders of " + project, folders.ToDictionary(
            folder => folder,
            folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
                .SelectMany(file => FolderName().Matches(File.ReadAllText(file)))
                .Where(name => name.Groups["project"].Value == project && name.Groups["folder"].Value != folder && folders.Contains(name.Groups["folder"].Value))
                .Select(name => name.Groups["folder"].Value)
                .ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal));
    }

    /// <summary>How many steps a name stands above those that use nobody.</summary>
    public int LevelOf(string name) => Uses[name].Select(used => LevelOf(used) + 1).DefaultIfEmpty(0).Max();

    private static ReferenceGraph Reduced(string title, Dictionary<string, HashSet<string>> uses)
    {
        bool Reaches(string from, string to) => uses[from].Any(used => used == to || Reaches(used, to));
        return new ReferenceGraph(title, uses.ToDictionary(
            user => user.Key,
            IReadOnlySet<string> (user) => user.Value.Where(used => !user.Value.Any(other => other != used && Reaches(other, used))).ToHashSet(StringComparer.Ordinal),
            StringComparer.Ordinal));
    }

    [GeneratedRegex(@"\b(?<project>ESign\.\w+)\.(?<folder>[A-Z]\w+)")]
    private static partial Regex FolderName();
}
