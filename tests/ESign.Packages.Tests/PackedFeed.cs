using ESign.Testing;

[assembly: AssemblyFixture(typeof(ESign.Packages.Tests.PackedFeed))]

namespace ESign.Packages.Tests;

/// <summary>The packages, packed once from what was built with these tests, in a folder that serves as a feed.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PackedFeed()
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name; // bin/Release/net10.0
        foreach (string package in PackageList.Libraries.Append(PackageList.Command))
        {
            string project = Repository.PathTo("src", package, package + ".csproj");
            Tool pack = Tool.Run("dotnet", ["pack", project, "--no-build", "--no-restore", "-c", configuration, "-o", Feed, "--nologo", "-v", "quiet"], Repository.Root, timeoutSeconds: 300);
            Assert.True(pack.ExitCode == 0, pack.Output + pack.Error);
        }
    }

    /// <summary>The folder with the packages.</summary>
    public string Feed => _folder.PathTo("feed");

    /// <summary>The file of a package.</summary>
    public string PathOf(string package, string extension = "nupkg") =>
        Assert.Single(Directory.GetFiles(Feed, package + ".*." + extension), file => char.IsAsciiDigit(Path.GetFileName(file)[package.Length + 1]));

    /// <summary>A folder for a test's project.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(_folder.PathTo(name)).FullName;

    public void Dispose() => _folder.Dispose();
}
