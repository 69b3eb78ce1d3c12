using ESign.Pdf.Composition;
using ESign.Pdf.Fonts;

namespace ESign.Pdf.Tests.Composition;

/// <summary>GB/T 15834—2011 §5.1 and the ways of mixed Chinese and Latin text; ten-point characters in lines of so many.</summary>
public class LineBreakerTests
{
    private static readonly TextStyle Ten = new() { Size = 10 };

    [Theory]
    [InlineData(4, "甲方乙方丙方", "甲方乙方|丙方")]
    [InlineData(4, "甲方乙方，丙", "甲方乙|方，丙")] // a comma never begins a line
    [InlineData(4, "甲方乙。丙", "甲方乙。|丙")]
    [InlineData(4, "甲方乙（丙）", "甲方乙|（丙）")] // an opening bracket never ends one
    [InlineData(4, "甲方“乙方”丙", "甲方“乙|方”丙")]
    [InlineData(3, "甲乙——丙", "甲乙|——丙")] // a dash of two is one
    [InlineData(3, "甲乙……丙", "甲乙|……丙")]
    [InlineData(4, "甲方 paper 乙方", "甲方|paper|乙方")] // a word stays whole where it can
    [InlineData(4, "甲方 ABCDEFGHIJKLM", "甲方 AB|CDEFG|HIJKLM")] // and is cut where no line could hold it
    [InlineData(4, "甲乙丙\n丁", "甲乙丙|丁")]
    [InlineData(4, "甲\n\n乙", "甲||乙")]
    [InlineData(3, "共计100元整", "共计|100元|整")] // a unit stays with its number
    [InlineData(3, "一共有￥1元", "一共有|￥1元")]
    [InlineData(4, "", "")]
    public void Lines_break_where_they_may(int width, string text, string expected) => Assert.Equal(expected, string.Join('|', Break(text, width)));

    [Fact]
    public void A_stop_at_the_end_of_a_line_needs_half_its_width() => Assert.Equal(["甲方乙。", "丙"], Break("甲方乙。丙", 3.5));

    [Fact]
    public void No_line_of_any_width_begins_or_ends_with_a_sign_that_must_not()
    {
        const string Text = "（1）“交付物”指乙方依照《民法典》、《电子签名法》（以下简称“法律”）应当交付的成果：源代码；说明。金额￥1,286.00元，比例95%！";
        for (double width = 8; width < 30; width += 0.5)
        {
            IReadOnlyList<string> lines = Break(Text, width);
            Assert.Equal(Text, string.Concat(lines));
            Assert.All(lines, line => Assert.DoesNotContain(line[0], "，。、；：！”》）%"));
            Assert.All(lines, line => Assert.DoesNotContain(line[^1], "（“《￥"));
        }
    }

    [Fact]
    public void No_line_is_wider_than_asked_and_justified_ones_are_as_wide()
    {
        List<Cluster> clusters = Shape("各方依据《中华人民共和国民法典》、PAdES B-LTA 及有关法律，在平等、自愿、公平和诚实信用的基础上，经协商一致，订立本合同。", 300);
        IReadOnlyList<TextLine> lines = LineBreaker.Break(clusters, 300, 300);
        Assert.True(lines.Count > 1);
        Assert.All(lines, line => Assert.True(line.Width <= 300.001));
        Assert.All(lines.SkipLast(1), line => Assert.Equal(300, line.Justified(300).Width, precision: 6));
        Assert.Same(lines[^1], lines[^1].Justified(300));
    }

    [Fact]
    public void Neighbouring_punctuation_is_set_narrow()
    {
        TextLine line = Assert.Single(LineBreaker.Break(Shape("《甲》（乙）", 300), 300, 300));
        Assert.Equal(5, line.TighteningAfter(2)); // 》 before （
        Assert.Equal(50 - 5, line.Width); // 《 at the start and ） at the end give up half as well
    }

    private static List<Cluster> Shape(string text, double width) => new TextShaper(new FontSubsetBuilder(BundledFont.Regular)).Shape([text], Ten, width);

    private static IReadOnlyList<string> Break(string text, double width) =>
        [.. LineBreaker.Break(Shape(text, width * 10), width * 10, width * 10).Select(line => string.Concat(line.Clusters.Select(c => c.Text)))];
}
