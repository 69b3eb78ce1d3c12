using ESign.Pdf.Composition;

namespace ESign.Pdf.Tests.Composition;

public class MarkedTextTests
{
    [Fact]
    public void Each_mark_makes_its_block()
    {
        IReadOnlyList<Block> blocks = MarkedText.Parse("# 题\n\n## 条\n正文\n- 项\n(1) 款\n1.1 款\n> 平\n**表**\n| a | b |\n|--|---:|\n| 1 | 2 |\n<br>\n---\n尾");
        Assert.Equal(
            ["Heading", "Heading", "Paragraph", "Paragraph", "Paragraph", "Paragraph", "Paragraph", "Paragraph", "Table", "Spacer", "PageBreak", "Paragraph"],
            blocks.Select(b => b.GetType().Name));
    }

    [Fact]
    public void Marks_are_not_shown_and_their_text_is()
    {
        byte[] pdf = new ComposedDocument(new DocumentInfo { Title = "t" }, new PageStyle { Footer = "" })
            .Add([.. MarkedText.Parse("# 题\n正文**粗体**完\n- 项\n（一）款\n| 头 | |\n|--|--|\n| 一<br>二 | **三** |\n")]).ToBytes();
        Assert.Equal("题正文粗体完·项（一）款头一二三", ExtractedText.WithoutSpaces(ExtractedText.Of(pdf)));
    }

    [Fact]
    public void A_table_without_its_line_of_dashes_is_refused() => Assert.Throws<FormatException>(() => MarkedText.Parse("| a |\n| b |"));
}
