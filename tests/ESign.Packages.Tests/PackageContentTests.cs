using System.IO.Compression;
using System.Xml.Linq;

namespace ESign.Packages.Tests;

/// <summary>What lies in each package beside its assembly, and what its manifest says.</summary>
public class PackageContentTests(PackedFeed feed)
{
    public static TheoryData<string> Packages() => [.. PackageList.Libraries, PackageList.Command];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_under_which_licence(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        string[] files = [.. archive.Entries.Select(entry => entry.FullName)];
        foreach (string needed in (string[])["README.md", "icon.png", "NOTICE"])
        {
            Assert.Contains(needed, files);
        }

        using Stream manifest = archive.Entries.Single(entry => entry.FullName == package + ".nuspec").Open();
        XElement metadata = XDocument.Load(manifest).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.False(string.IsNullOrWhiteSpace(Value("description")));
        Assert.Null(Value("projectUrl"));
        Assert.Null(metadata.Elements().SingleOrDefault(element => element.Name.LocalName == "repository")?.Attribute("url"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_has_documentation_and_symbols(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        string assembly = package == PackageList.Command ? "tools/net10.0/any/esign" : $"lib/net10.0/{package}";
        Assert.Contains(archive.Entries, entry => entry.FullName == assembly + ".dll");
        Assert.Contains(archive.Entries, entry => entry.FullName == assembly + ".xml");
        using ZipArchive symbols = ZipFile.OpenRead(feed.PathOf(package, "snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.FullName.EndsWith(".pdb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ESign.Pdf")]
    [InlineData(PackageList.Command)]
    public void Whatever_carries_the_font_and_the_tables_carries_their_licences(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(package));
        Assert.Contains(archive.Entries, entry => entry.FullName == "licenses/NotoSerifSC-LICENSE.txt");
        Assert.Contains(archive.Entries, entry => entry.FullName == "licenses/LICENSE.Adobe");
    }

    [Fact]
    public void The_command_carries_the_service_and_with_it_the_licence_of_pdf_js()
    {
        using ZipArchive archive = ZipFile.OpenRead(feed.PathOf(PackageList.Command));
        using var licence = new StreamReader(archive.Entries.Single(entry => entry.FullName == "licenses/pdf.js-LICENSE.txt").Open());
        Assert.Contains("Apache License", licence.ReadToEnd(), StringComparison.Ordinal);
        using var notice = new StreamReader(archive.Entries.Single(entry => entry.FullName == "NOTICE").Open());
        Assert.Contains("pdf.js", notice.ReadToEnd(), StringComparison.Ordinal);
    }
}
