using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>The control model of Chinese platforms, field by field.</summary>
public sealed class PlatformControlTests
{
    [Fact]
    public void A_normal_control_stands_at_its_point()
    {
        PlatformControl control = One("""{"GenerateMode":"NORMAL","ComponentType":"SIGN_SEAL","ComponentPage":-1,"ComponentPosX":160.5,"ComponentPosY":"260","ComponentWidth":100,"ComponentHeight":100,"FileIndex":0}""");
        Assert.Equal(SealPlacement.At(-1, 160.5, 260, 100, 100).ToString(), control.Placement.ToString());
        var point = Assert.IsType<PointPlacement>(control.Placement);
        Assert.Equal([3], point.Pages.Resolve(3));
        Assert.False(control.Placement.UsePhysicalSize);
    }

    [Fact]
    public void Page_ranges_and_the_physical_size_come_from_the_extra()
    {
        PlatformControl control = One("""{"ComponentType":"SIGN_SEAL","ComponentPosX":1,"ComponentPosY":2,"ComponentExtra":"{\"UseSealSize\":true,\"PageRanges\":[{\"BeginPage\":1,\"EndPage\":2},{\"BeginPage\":-1,\"EndPage\":-1}],\"Opacity\":0.8}"}""");
        Assert.Equal([1, 2, 5], Assert.IsType<PointPlacement>(control.Placement).Pages.Resolve(5));
        Assert.True(control.Placement.UsePhysicalSize);
        Assert.Equal(0.8, control.Opacity);
    }

    [Fact]
    public void A_keyword_control_takes_every_occurrence_unless_indexes_say_otherwise()
    {
        var all = Assert.IsType<KeywordPlacement>(One("""{"GenerateMode":"KEYWORD","ComponentType":"SIGN_DATE","ComponentId":"^甲方签署^","RelativeLocation":"LowerRight","OffsetX":5,"OffsetY":-7}""").Placement);
        Assert.Equal(("甲方签署", true, Relative.LowerRight, 5d, -7d), (all.Text, all.IsWholeWord, all.Relative, all.Dx, all.Dy));
        Assert.Null(all.Match.Indexes);
        var some = Assert.IsType<KeywordPlacement>(One("""{"GenerateMode":"KEYWORD","ComponentType":"SIGN_SEAL","ComponentId":"甲方","KeywordOrder":"Reverse","KeywordIndexes":[0,2],"KeywordPage":2,"ComponentExtra":"{\"IgnoreKeywordError\":1}"}""").Placement);
        Assert.Equal([0, 2], some.Match.Indexes!);
        Assert.True(some.Match is { IsReversed: true, Page: 2, IgnoreMissing: true });
    }

    [Fact]
    public void A_paging_seal_needs_only_its_height_on_the_page()
    {
        var cross = Assert.IsType<CrossPagePlacement>(One("""{"ComponentType":"SIGN_PAGING_SEAL","ComponentPosY":300,"ComponentWidth":119,"ComponentHeight":119}""").Placement);
        Assert.Equal((PageEdge.Right, 300d, 119d), (cross.Edge, cross.Position, cross.Width));
    }

    [Theory]
    [InlineData("""{\"Format\":\"yyyy.m.d\",\"FontSize\":20,\"FontAlign\":\"Right\"}""", "yyyy.m.d", 20, HorizontalAlignment.Right)]
    [InlineData("""{\"Format\":\"d/m/y\",\"FontSize\":20,\"FontAlign\":\"Right\"}""", "yyyy年m月d日", 12, HorizontalAlignment.Center)]
    [InlineData("""{\"FontSize\":20}""", "yyyy年m月d日", 12, HorizontalAlignment.Center)]
    public void A_signing_date_with_an_unknown_format_ignores_all_extras(string extra, string form, double size, HorizontalAlignment alignment)
    {
        PlatformControl control = One($$"""{"ComponentType":"SIGN_DATE","ComponentPosX":1,"ComponentPosY":2,"ComponentExtra":"{{extra}}"}""");
        Assert.Equal((form, size, alignment), (control.DateForm, control.Format.FontSize, control.Format.Alignment));
    }

    [Fact]
    public void Fill_controls_carry_their_value_and_format()
    {
        PlatformControl text = One("""{"ComponentType":"TEXT","ComponentPosX":1,"ComponentPosY":2,"ComponentValue":"张三","ComponentExtra":"{\"FontColor\":\"0,51,153\",\"Bold\":true}"}""");
        Assert.Equal(new SealColor(0, 51, 153), text.Format.Color);
        Assert.True(text.Format.Bold);
        Assert.Equal("张三", text.ToFillControl()!.Content.AlternateText);
        Assert.Equal("☑", One("""{"ComponentType":"CHECK_BOX","ComponentValue":true}""").ToFillControl()!.Content.AlternateText);
        Assert.Null(One("""{"ComponentType":"SIGN_SIGNATURE"}""").ToFillControl());
    }

    [Theory]
    [InlineData("nonsense", "Components")]
    [InlineData("[1]", "Components")]
    [InlineData("{}", "ComponentType")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","GenerateMode":"FIELD","ComponentName":"x"}""", "ComponentType")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","GenerateMode":"MAGIC"}""", "GenerateMode")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","GenerateMode":"KEYWORD"}""", "Keyword")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","GenerateMode":"KEYWORD","ComponentId":"甲","RelativeLocation":"7"}""", "RelativeLocation")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","ComponentPosX":"left"}""", "ComponentPosX")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","ComponentPage":1.5}""", "ComponentPage")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","ComponentExtra":"[]"}""", "ComponentExtra")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","ComponentExtra":"{"}""", "Components")]
    [InlineData("""{"ComponentType":"TEXT","ComponentExtra":"{\"FontSize\":5}"}""", "ComponentExtra")]
    [InlineData("""{"ComponentType":"SIGN_SEAL","ComponentExtra":"{\"Opacity\":2}"}""", "Opacity")]
    public void What_cannot_be_meant_is_refused_with_the_platforms_code(string json, string field)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => PlatformControl.Parse(json));
        Assert.StartsWith($"InvalidParameter.{field}: ", error.Message, StringComparison.Ordinal);
    }

    private static PlatformControl One(string json) => Assert.Single(PlatformControl.Parse(json));
}
