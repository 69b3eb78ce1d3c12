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
        ["Composition"] = ["Objects", "Document", "Fonts", "Seals"],
        ["Content"] = ["Objects", "Syntax", "Document"],
        ["Seals"] = ["Objects", "Document", "Fonts"],
        ["Forms"] = ["Objects", "Syntax", "Document", "Fonts", "Content", "Seals"],
        ["Signing"] = ["Objects", "Syntax", "Document", "Content", "Seals", "Forms", "LongTerm"],
        ["LongTerm"] = ["Objects", "Document"],
        ["Verification"] = ["Objects", "Syntax", "Document", "Content"],
        ["Reporting"] = ["Syntax", "Document", "Fonts", "Composition", "Seals", "Verification"],
    });
}
