using System.IO.Compression;
using System.Reflection.Metadata;
using System.Xml.Linq;

namespace ESign.Packages.Tests;

/// <summary>What lies in each package beside its assembly, and what its manifest says.</summary>
public class PackageContentTests(PackedFeed feed)
{
    // Portable PDB v1.0: EmbeddedSource.
    private static readonly Guid s_embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

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
    [MemberData(nameof(Packages))]
    public void Symbols_carry_the_sources_under_names_that_no_machine_has(string package)
    {
        using ZipArchive symbols = ZipFile.OpenRead(feed.PathOf(package, "snupkg"));
        ZipArchiveEntry entry = symbols.Entries.First(entry => entry.Name == (package == PackageList.Command ? "esign" : package) + ".pdb");
        using var content = new MemoryStream();
        using (Stream stream = entry.Open())
        {
            stream.CopyTo(content);
        }

        content.Position = 0;
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(content);
        MetadataReader reader = provider.GetMetadataReader();
        Assert.All(reader.Documents, handle =>
        {
            Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(handle).Name), StringComparison.Ordinal);
            Assert.Contains(reader.GetCustomDebugInformation(handle), information => reader.GetGuid(reader.GetCustomDebugInformation(information).Kind) == s_embeddedSource);
        });
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
