using System.Reflection;
using ESign.Testing;

namespace ESign.Packages.Tests;

/// <summary>
/// What each package promises its users, member by member. A change shows up as a difference of a text file in the same commit;
/// run the tests with <c>ESIGN_ACCEPT_API=1</c> to write the files anew.
/// </summary>
public class PublicApiTests(ITestOutputHelper output)
{
    private static readonly bool s_accept = Environment.GetEnvironmentVariable("ESIGN_ACCEPT_API") == "1";

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_surface_is_the_recorded_one(string package)
    {
        string file = Repository.PathTo("tests", "ESign.Packages.Tests", "PublicApi", package + ".txt");
        string actual = PublicApi.Describe(Assembly.Load(package));
        if (s_accept)
        {
            File.WriteAllText(file, actual);
        }

        string[] recorded = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n') : [];
        string[] lines = actual.Split('\n');
        string[] added = [.. lines.Except(recorded, StringComparer.Ordinal).Select(line => "+ " + line.Trim())];
        string[] removed = [.. recorded.Except(lines, StringComparer.Ordinal).Select(line => "- " + line.Trim())];
        Assert.True(
            recorded.SequenceEqual(lines, StringComparer.Ordinal),
            $"The public surface of {package} changed; if it was meant, run with ESIGN_ACCEPT_API=1 and commit the file.\n{string.Join('\n', removed.Concat(added))}");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Public_types_are_counted_by_folder(string package)
    {
        Type[] types = PublicApi.TypesOf(Assembly.Load(package));
        output.WriteLine($"{package}: {types.Length} public types");
        foreach (IGrouping<string, Type> folder in types.GroupBy(type => type.Namespace!).OrderBy(folder => folder.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {folder.Key} ({folder.Count()}): {string.Join(", ", folder.Select(type => type.Name).Order(StringComparer.Ordinal))}");
        }

        Assert.All(types, type => Assert.StartsWith(package, type.Namespace, StringComparison.Ordinal));
        Assert.All(types, type => Assert.False(type is { IsClass: true, IsSealed: false, IsAbstract: false } && !typeof(Exception).IsAssignableFrom(type), $"{type} is neither sealed nor abstract"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_list_of_public_types_with_their_reasons_is_complete(string package)
    {
        Type[] types = PublicApi.TypesOf(Assembly.Load(package));
        string[] section = [.. File.ReadAllLines(Repository.PathTo("docs", "public-surface.md")).SkipWhile(line => !line.StartsWith($"## {package}:", StringComparison.Ordinal))];
        Assert.NotEmpty(section);
        Assert.Equal($"## {package}: {types.Length}", section[0]);
        string[][] rows = [.. section.Skip(1).TakeWhile(line => !line.StartsWith('#')).Where(line => line.StartsWith('|')).Skip(2).Select(line => line.Split('|', StringSplitOptions.TrimEntries))];
        Assert.All(rows, row => Assert.NotEqual("", row[3]));
        Assert.Equal(
            types.Select(type => type.FullName![(package.Length + 1)..].Split('`')[0]).Order(StringComparer.Ordinal),
            rows.SelectMany(row => row[2].Split(", ").Select(name => FolderOf(row[1]) + name.Trim('`'))).Order(StringComparer.Ordinal));

        static string FolderOf(string cell) => cell == "(root)" ? "" : cell.Trim('`').Replace('/', '.') + ".";
    }

    public static TheoryData<string> Packages() => [.. PackageList.Libraries];
}
