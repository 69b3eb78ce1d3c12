using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ESign.Pdf.Reporting;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Validation;

namespace ESign.Pdf.Tests.Reporting;

public partial class ReportTextsTests
{
    [Fact]
    public void Both_languages_have_the_same_keys_and_places()
    {
        Assert.Equal(ReportTexts.Chinese.Keys.Order(), ReportTexts.English.Keys.Order());
        Assert.All(ReportTexts.Chinese.Keys, key => Assert.Equal(Places(ReportTexts.Chinese[key]), Places(ReportTexts.English[key])));
        Assert.All(ReportTexts.English.Keys, key => Assert.False(string.IsNullOrWhiteSpace(ReportTexts.English[key])));
    }

    [Fact]
    public void Every_check_says_why_it_matters()
    {
        IEnumerable<string> rules = typeof(CheckRule).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        Assert.All(rules, rule =>
        {
            Assert.Contains("rule." + rule, ReportTexts.Chinese.Keys);
            Assert.Contains($"rule.{rule}.why", ReportTexts.Chinese.Keys);
        });
    }

    [Fact]
    public void Every_value_that_is_shown_has_words()
    {
        Require<DocumentVerdict>("verdict.");
        Require<DocumentCode>("code.");
        Require<Indication>("indication.");
        Require<CheckOutcome>("outcome.");
        Require<SubIndication>("sub.", SubIndication.None);
        Require<Coverage>("fact.coverage.");
        Require<TimestampKind>("ts.");
        Require<ModificationLevel>("mod.");
        Require<RevocationStatus>("rev.");
    }

    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("zh-Hant-HK", true)]
    [InlineData("en", false)]
    [InlineData("de-DE", false)]
    public void The_culture_chooses_the_language(string culture, bool isChinese) =>
        Assert.Equal(isChinese, ReportTexts.For(CultureInfo.GetCultureInfo(culture)).IsChinese);

    [Theory]
    [InlineData("中文 / English", "中文", "English")]
    [InlineData("/ByteRange 缺失 / /ByteRange is missing", "/ByteRange 缺失", "/ByteRange is missing")]
    [InlineData("域“A / B”已改 / field A / B changed", "域“A / B”已改", "field A / B changed")]
    [InlineData("有更改 / changed: 第 2 页 / page 2", "有更改：第 2 页", "changed: page 2")]
    [InlineData("有更改 / changed: 原因 / because: 第 2 页 / page 2", "有更改：原因：第 2 页", "changed: because: page 2")]
    [InlineData("only one", "only one", "only one")]
    public void A_message_gives_up_one_language(string message, string chinese, string english)
    {
        Assert.Equal(chinese, ReportTerms.In(ReportLanguage.Chinese, message));
        Assert.Equal(english, ReportTerms.In(ReportLanguage.English, message));
        Assert.Equal(message, ReportTerms.In(ReportLanguage.Both, message));
    }

    private static void Require<T>(string prefix, params T[] except)
        where T : struct, Enum =>
        Assert.All(Enum.GetValues<T>().Except(except), value => Assert.Contains(prefix + value, ReportTexts.Chinese.Keys));

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Distinct().Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
