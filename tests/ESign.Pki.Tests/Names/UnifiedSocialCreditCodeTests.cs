using ESign.Pki.Names;

namespace ESign.Pki.Tests.Names;

/// <summary>GB 32100-2015: the standard's own example, synthetic codes computed independently, and one fault per clause.</summary>
public sealed class UnifiedSocialCreditCodeTests
{
    [Theory]
    [InlineData("91350100M000100Y43")] // GB 32100-2015, the standard's example
    [InlineData("91440300708461136T")]
    [InlineData("9144030071526726XG")]
    [InlineData("12440300MB2CPUB11U")]
    [InlineData("52440300MJ8QAK015R")]
    [InlineData("91110000MA00000077")]
    public void Accepts_a_well_formed_code(string text)
    {
        Assert.True(UnifiedSocialCreditCode.TryParse(text, out UnifiedSocialCreditCode? code, out string? reason), reason);
        Assert.Equal(text, code.ToString());
    }

    [Fact]
    public void Takes_a_code_apart()
    {
        UnifiedSocialCreditCode code = UnifiedSocialCreditCode.Parse("91350100m000100y43");
        Assert.Equal("91350100M000100Y43", code.Value);
        Assert.Equal("91", code.Prefix);
        Assert.Equal("企业", code.Category);
        Assert.Equal("350100", code.RegionCode);
        Assert.Equal("M000100Y4", code.OrganizationCode);
        Assert.True(code.IsEnterprise);
        Assert.False(code.IsIndividualBusiness);
        Assert.Equal(UnifiedSocialCreditCode.Parse("91350100M000100Y43"), code);
    }

    [Theory] // GB 32100-2015 and its amendment 1, table 1: every department with the last category it has
    [InlineData("11", "机关")]
    [InlineData("13", "中央编办直接管理机构编制的群众团体")]
    [InlineData("19", "其他")]
    [InlineData("21", "外国常驻新闻机构")]
    [InlineData("35", "仲裁委员会")]
    [InlineData("41", "外国在华文化中心")]
    [InlineData("53", "基金会")]
    [InlineData("54", "基层群众性自治组织")]
    [InlineData("62", "港澳台地区旅游部门常驻内地（大陆）代表机构")]
    [InlineData("72", "宗教院校")]
    [InlineData("81", "基层工会")]
    [InlineData("93", "农民专业合作社")]
    [InlineData("A1", "军队事业单位")]
    [InlineData("N3", "乡镇级集体经济组织")]
    [InlineData("Y1", "其他")]
    [InlineData("14", null)]
    [InlineData("36", null)]
    [InlineData("94", null)]
    [InlineData("99", null)]
    [InlineData("N4", null)]
    [InlineData("Y9", null)]
    [InlineData("B1", null)]
    public void Departments_and_categories_are_those_of_the_table(string prefix, string? category) =>
        Assert.Equal(category, CreditCodeCategories.Find(prefix[0], prefix[1]));

    [Theory]
    [InlineData(null, "18")]
    [InlineData("", "18")]
    [InlineData("91350100M000100Y4", "18位，实际为17位")]
    [InlineData("91350100M000100Y433", "18位，实际为19位")]
    [InlineData("91350100M000100Y4Z", "第18位不允许为“Z”")] // Z is not in the alphabet
    [InlineData("91350100M0001O0Y43", "第14位不允许为“O”")]
    [InlineData("9135010AM000100Y43", "第8位不允许为“A”")] // region is digits
    [InlineData("９1350100M000100Y43", "第1位不允许为“９”")] // full-width digit
    [InlineData("B1350100M000100Y43", "登记管理部门与机构类别“B1”不存在")]
    [InlineData("98350100M000100Y43", "登记管理部门与机构类别“98”不存在")]
    [InlineData("91990100M000100Y43", "行政区划码“990100”不存在")]
    [InlineData("91350100M000100Y53", "组织机构代码校验位应为“4”")]
    [InlineData("91350100M000100Y44", "统一社会信用代码校验位应为“3”")]
    [InlineData("19823728TTY1248234", "校验位应为")] // seen in a published screenshot, invalid
    public void Refuses_with_the_reason_in_two_languages(string? text, string expected)
    {
        Assert.False(UnifiedSocialCreditCode.TryParse(text, out UnifiedSocialCreditCode? code, out string? reason));
        Assert.Null(code);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
        Assert.Contains(" / ", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_single_substitution_is_caught()
    {
        const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        const string Good = "91350100M000100Y43";
        for (int i = 0; i < Good.Length; i++)
        {
            foreach (char c in Alphabet.Where(c => c != Good[i]))
            {
                string bad = string.Concat(Good.AsSpan(0, i), c.ToString(), Good.AsSpan(i + 1));
                Assert.False(UnifiedSocialCreditCode.TryParse(bad, out _, out _), bad);
            }
        }
    }

    [Fact]
    public void Parse_throws_what_TryParse_says()
    {
        UnifiedSocialCreditCode.TryParse("91350100M000100Y44", out _, out string? reason);
        Assert.Equal(reason, Assert.Throws<FormatException>(() => UnifiedSocialCreditCode.Parse("91350100M000100Y44")).Message);
    }
}
