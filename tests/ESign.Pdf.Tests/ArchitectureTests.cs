using ESign.Testing;

namespace ESign.Pdf.Tests;

public class ArchitectureTests
{
    [Fact]
    public void Folders_name_only_the_folders_below_them() => FolderArrows.Check("ESign.Pdf", new Dictionary<string, string[]>
    {
        ["Objects"] = [],
        ["Syntax"] = ["Objects"],
        ["Document"] = ["Objects", "Syntax"],
        ["Fonts"] = ["Objects"],
        ["Composition"] = ["Objects", "Syntax", "Document", "Fonts", "Seals"],
        ["Content"] = ["Objects", "Syntax", "Document", "Fonts"],
        ["Seals"] = ["Objects", "Syntax", "Document", "Fonts", "Content"],
        ["Signing"] = ["Objects", "Syntax", "Document", "Fonts", "Content", "Seals", "LongTerm"],
        ["LongTerm"] = ["Objects", "Syntax", "Document"],
        ["Verification"] = ["Objects", "Syntax", "Document", "Content"],
        ["Reporting"] = ["Objects", "Syntax", "Document", "Fonts", "Composition", "Seals", "Verification"],
    });
}
