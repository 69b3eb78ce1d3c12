using ESign.Pdf.Composition;
using ESign.Testing;

namespace ESign.Pdf.Tests.Composition;

/// <summary>The contract of samples/QuickStart is composed from its text; the committed file is what comes out.</summary>
public class ContractSampleTests
{
    private static readonly string Source = Repository.PathTo("samples", "QuickStart", "contract.md");
    private static readonly string Committed = Repository.PathTo("samples", "QuickStart", "contract.pdf");

    [Fact]
    public void The_committed_contract_is_what_its_text_makes()
    {
        byte[] made = Compose();
        string received = Path.ChangeExtension(Committed, ".received.pdf");
        if (!File.Exists(Committed) || !made.AsSpan().SequenceEqual(File.ReadAllBytes(Committed)))
        {
            File.WriteAllBytes(received, made);
            Assert.Fail($"look at {received} and rename it to {Path.GetFileName(Committed)}");
        }

        File.Delete(received);
    }

    internal static byte[] Compose()
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
}
