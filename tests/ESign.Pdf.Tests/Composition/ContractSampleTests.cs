using System.Text.RegularExpressions;
using ESign.Pdf.Composition;
using ESign.Testing;

namespace ESign.Pdf.Tests.Composition;

/// <summary>The contract of samples/QuickStart is composed from its text; the committed file is what comes out.</summary>
public partial class ContractSampleTests
{
    private static readonly string Source = Repository.PathTo("samples", "QuickStart", "contract.md");
    private static readonly string Committed = Repository.PathTo("samples", "QuickStart", "contract.pdf");

    /// <summary>Compared without compression: the runtime's zlib may pack the same bytes differently elsewhere.</summary>
    [Fact]
    public void The_committed_contract_is_what_its_text_makes()
    {
        byte[] made = Compose();
        string received = Path.ChangeExtension(Committed, ".received.pdf");
        if (!File.Exists(Committed) || (!made.AsSpan().SequenceEqual(File.ReadAllBytes(Committed)) && !Unpacked(made).SequenceEqual(Unpacked(File.ReadAllBytes(Committed)))))
        {
            File.WriteAllBytes(received, made);
            Assert.Fail($"look at {received} and rename it to {Path.GetFileName(Committed)}");
        }

        File.Delete(received);
    }

    [Fact]
    public void The_whole_text_can_be_extracted()
    {
        string extracted = ExtractedText.WithoutSpaces(PageFurniture().Replace(ExtractedText.Of(File.ReadAllBytes(Committed)), ""));
        string[] lines = [.. File.ReadAllLines(Source).Where(line => line.Length > 0 && !line.StartsWith('|'))];
        Assert.True(lines.Length > 60);
        Assert.All(lines, line => Assert.Contains(ExtractedText.WithoutSpaces(Marks().Replace(line, "")), extracted, StringComparison.Ordinal));
        foreach (string keyword in (ReadOnlySpan<string>)["甲方（盖章）", "乙方（盖章）", "丙方（签字）", "1,286,000.00"])
        {
            Assert.Contains(keyword, extracted, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_is_small_and_witnesses_find_nothing_wrong()
    {
        Assert.InRange(new FileInfo(Committed).Length, 10_000, 300_000);
        Assert.Equal(0, Tool.Run("qpdf", "--check", Committed).ExitCode);
        Assert.Matches("CID TrueType +Identity-H +yes yes yes", Tool.Run("pdffonts", Committed).Output);
    }

    private static byte[] Compose()
    {
        var info = new DocumentInfo { Title = "软件开发与技术服务合同", Author = "ESign", Subject = "ESign QuickStart", Keywords = "合同,示例" };
        var body = new ParagraphStyle { LineHeight = 1.5, SpaceAfter = 2 };
        var style = new PageStyle
        {
            MarginLeft = 70,
            MarginRight = 70,
            MarginTop = 66,
            MarginBottom = 58,
            HeaderLeft = "软件开发与技术服务合同",
            HeaderRight = "合同编号：ES-2026-0001",
        };
        return new ComposedDocument(info, style).Add([.. MarkedText.Parse(File.ReadAllText(Source), body)]).ToBytes();
    }

    private static byte[] Unpacked(byte[] pdf)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("test.pdf", pdf);
        Assert.Equal(0, Tool.Run("qpdf", "--qdf", "--object-streams=disable", "--no-original-object-ids", "--static-id", path, path + ".qdf").ExitCode);
        return File.ReadAllBytes(path + ".qdf");
    }

    [GeneratedRegex(@"软件开发与技术服务合同 合同编号：ES-2026-0001\n第 \d+ 页 / 共 \d+ 页")]
    private static partial Regex PageFurniture();

    [GeneratedRegex(@"^(#+|>|-+(?= |$))|\*\*|<br>")]
    private static partial Regex Marks();
}
