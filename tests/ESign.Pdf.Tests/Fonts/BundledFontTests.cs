using System.Text;
using ESign.Pdf.Fonts;
using ESign.Testing;

namespace ESign.Pdf.Tests.Fonts;

public class BundledFontTests
{
    private static readonly TrueTypeFont Font = BundledFont.Regular;

    [Fact]
    public void It_holds_all_of_GB_2312()
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        var missing = new StringBuilder();
        int hanzi = 0;
        for (int row = 0xB0; row <= 0xF7; row++)
        {
            for (int cell = 0xA1; cell <= (row == 0xD7 ? 0xF9 : 0xFE); cell++)
            {
                string character = encoding.GetString([(byte)row, (byte)cell]);
                hanzi++;
                missing.Append(Font.Contains(character[0]) ? "" : character);
            }
        }

        Assert.Equal(6763, hanzi);
        Assert.Equal("", missing.ToString());
    }

    [Theory]
    [InlineData("镕喆玥瑀堃犇翀祎昇珺钘赟彧祐晞煊")] // names, absent from GB 2312
    [InlineData(" !\"#$%&'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~")]
    [InlineData("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～〇")]
    [InlineData("￥¥€£＄％‰℃№℡™©®±×÷≤≥≠≈²³")]
    [InlineData("①②③④⑤⑥⑦⑧⑨⑩⑴⒈㈠ⅠⅡⅫ㎡㎏㎜")]
    [InlineData("□■○●◎△▲☆★✓→←↑↓§")]
    [InlineData("壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整")]
    public void It_holds_the_characters_of_contracts(string characters)
    {
        string missing = string.Concat(characters.EnumerateRunes().Where(r => !Font.Contains(r.Value)));
        Assert.Equal("", missing);
    }

    [Fact]
    public void Chinese_characters_are_one_em_wide_and_have_ink()
    {
        Assert.Equal(1000, Font.UnitsPerEm);
        Assert.Equal("NotoSerifSC-Regular", Font.Name);
        GlyphOutline outline = Font.GetOutline('章');
        Assert.Equal(1, outline.Advance);
        Assert.InRange(outline.Bounds.Width, 0.8, 1);
        Assert.InRange(outline.Bounds.Height, 0.8, 1);
    }

    [Fact]
    public void Its_licence_lies_beside_it_and_it_stays_small()
    {
        string folder = Repository.PathTo("src", "ESign.Pdf", "Fonts");
        Assert.Contains("SIL Open Font License", File.ReadAllText(Path.Combine(folder, "NotoSerifSC-LICENSE.txt")), StringComparison.OrdinalIgnoreCase);
        Assert.InRange(new FileInfo(Path.Combine(folder, "NotoSerifSC-Contract.ttf")).Length, 2_000_000, 4_500_000); // half of that in a package
    }
}
