using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Tests.Seals;

public sealed class PlacementResolverTests
{
    private static readonly Seal Stamp = Seal.Draw(SealDesign.Official("示例公司"));
    private static readonly Seal Signature = Seal.Draw(SealDesign.WrittenName("张三"));

    [Fact]
    public void A_seal_without_a_size_takes_119_by_119_at_its_top_left_corner()
    {
        ResolvedPlacement control = Assert.Single(Resolve(FakePages.OfA4(1), Stamp, SealPlacement.At(1, 100, 200)));
        Assert.Equal(new DisplayedRectangle(100, 200, 119, 119), control.Displayed);
        Assert.Equal(new PdfRectangle(100, 523, 219, 642), control.UserSpace);
    }

    [Fact]
    public void A_signature_without_a_size_takes_119_by_43() =>
        Assert.Equal(new DisplayedRectangle(10, 10, 119, 43), Resolve(FakePages.OfA4(1), Signature, SealPlacement.At(1, 10, 10))[0].Displayed);

    [Fact]
    public void Negative_pages_count_from_the_end() =>
        Assert.Equal(3, Resolve(FakePages.OfA4(4), Stamp, SealPlacement.At(-2, 0, 0))[0].Page);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_page_that_is_not_there_is_refused(int page)
    {
        SealPlacementException error = Refused(FakePages.OfA4(2), SealPlacement.At(page, 0, 0));
        Assert.Equal(SealPlacementError.NoSuchPage, error.Code);
    }

    [Fact]
    public void Beyond_the_right_edge_is_refused_with_the_numbers()
    {
        SealPlacementException error = Refused(FakePages.OfA4(1), SealPlacement.At(1, 500, 0));
        Assert.Equal(
            "控件的 X 坐标超出了允许范围：x 500 + 宽 119 = 619，超过页面的显示宽度 595（第 1 页，/Rotate 0） / The control's X coordinate is out of range: x 500 + width 119 = 619 exceeds the page's displayed width 595 (page 1, /Rotate 0).",
            error.Message);
        Assert.Equal((SealPlacementError.XOutOfRange, 1, 0), (error.Code, error.Page, error.Rotation));
    }

    [Fact]
    public void Beyond_the_bottom_edge_is_refused_with_the_numbers()
    {
        SealPlacementException error = Refused(FakePages.OfA4(1), SealPlacement.At(1, 0, 800, 30, 42.5));
        Assert.Equal(
            "控件的 Y 坐标超出了允许范围：y 800 + 高 42.5 = 842.5，超过页面的显示高度 842（第 1 页，/Rotate 0） / The control's Y coordinate is out of range: y 800 + height 42.5 = 842.5 exceeds the page's displayed height 842 (page 1, /Rotate 0).",
            error.Message);
    }

    [Fact]
    public void Before_the_left_or_top_edge_is_refused()
    {
        Assert.Equal(SealPlacementError.XOutOfRange, Refused(FakePages.OfA4(1), SealPlacement.At(1, -0.5, 0)).Code);
        Assert.Equal(SealPlacementError.YOutOfRange, Refused(FakePages.OfA4(1), SealPlacement.At(1, 0, -0.5)).Code);
        Assert.Equal(SealPlacementError.XOutOfRange, Refused(FakePages.OfA4(1), SealPlacement.At(1, double.NaN, 0)).Code);
    }

    /// <summary>A4 turned by 90 is 842 wide: 723 + 119 just fits.</summary>
    [Fact]
    public void On_a_turned_page_the_displayed_size_counts()
    {
        var pages = new FakePages(FakePages.A4 with { Rotation = 90 });
        Assert.Equal(new PdfRectangle(0, 723, 119, 842), Resolve(pages, Stamp, SealPlacement.At(1, 723, 0))[0].UserSpace);
        SealPlacementException error = Refused(pages, SealPlacement.At(1, 0, 480));
        Assert.Contains("displayed height 595 (page 1, /Rotate 90)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, -1)]
    [InlineData(double.NaN, 10)]
    [InlineData(10, double.PositiveInfinity)]
    public void A_size_that_is_no_size_is_refused(double width, double height) =>
        Assert.Equal(SealPlacementError.InvalidSize, Refused(FakePages.OfA4(1), SealPlacement.At(1, 0, 0, width, height)).Code);

    /// <summary>/UserUnit 2: one unit is 2/72 inch, so 42 mm are half as many units.</summary>
    [Theory]
    [InlineData(1, 119.055)]
    [InlineData(2, 59.528)]
    public void A_physical_size_follows_the_user_unit(double userUnit, double side)
    {
        var pages = new FakePages(FakePages.A4 with { UserUnit = userUnit });
        DisplayedRectangle box = Resolve(pages, Stamp, SealPlacement.At(1, 0, 0, 50, 50) with { UsePhysicalSize = true })[0].Displayed;
        Assert.Equal(side, box.Width, 0.001);
        Assert.Equal(side, box.Height, 0.001);
    }

    [Theory]
    [InlineData(Relative.Middle, 90.5, 250.5)]
    [InlineData(Relative.Below, 90.5, 320)]
    [InlineData(Relative.Right, 200, 250.5)]
    [InlineData(Relative.LowerRight, 200, 320)]
    [InlineData(Relative.UpperRight, 200, 181)]
    public void A_keyword_control_stands_where_its_relative_location_says(Relative relative, double x, double y)
    {
        FakePages pages = WithKeyword();
        Assert.Equal(new DisplayedRectangle(x, y, 119, 119), Resolve(pages, Stamp, SealPlacement.AtKeyword("甲方", KeywordMatch.First, relative))[0].Displayed);
        Assert.Equal(new DisplayedRectangle(x + 22, y - 11, 119, 119), Resolve(pages, Stamp, SealPlacement.AtKeyword("甲方", KeywordMatch.First, relative, dx: 22, dy: -11))[0].Displayed);
    }

    [Fact]
    public void Occurrences_are_counted_from_either_end()
    {
        FakePages pages = WithKeyword();
        Assert.Equal([1, 2, 2], Pages(KeywordMatch.All));
        Assert.Equal([2, 2, 1], Pages(KeywordMatch.AllReversed()));
        Assert.Equal([2], Pages(KeywordMatch.Last));
        Assert.Equal([1, 2], Pages(KeywordMatch.At(0, 2)));
        Assert.Equal([1], Pages(KeywordMatch.FromEnd(2)));
        Assert.Equal([2, 2], Pages(KeywordMatch.All with { Page = -1 }));

        IEnumerable<int> Pages(KeywordMatch match) => Resolve(pages, Signature, SealPlacement.AtKeyword("甲方", match)).Select(c => c.Page);
    }

    [Fact]
    public void Carets_ask_for_a_whole_word()
    {
        var pages = FakePages.OfA4(1);
        pages.Keywords["^甲方^"] = [new KeywordBox(1, new DisplayedRectangle(100, 300, 24, 12))];
        Assert.Single(Resolve(pages, Signature, SealPlacement.AtKeyword("^甲方^")));
    }

    [Fact]
    public void A_missing_keyword_is_refused_in_the_platforms_words()
    {
        SealPlacementException error = Refused(FakePages.OfA4(1), SealPlacement.AtKeyword("乙方（盖章）"));
        Assert.StartsWith("在这个 PDF 中没有搜索到[乙方（盖章）]，请确认这个字符串是否存在 / ", error.Message, StringComparison.Ordinal);
        Assert.Equal(SealPlacementError.KeywordNotFound, error.Code);
    }

    [Fact]
    public void A_missing_occurrence_is_refused_with_the_number_found()
    {
        SealPlacementException error = Refused(WithKeyword(), SealPlacement.AtKeyword("甲方", KeywordMatch.At(0, 3)));
        Assert.Contains("no occurrence 3 (counted from 0): 3 found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_keyword_may_be_ignored() =>
        Assert.Empty(Resolve(FakePages.OfA4(1), Stamp, SealPlacement.AtKeyword("乙方", KeywordMatch.All with { IgnoreMissing = true })));

    [Fact]
    public void A_keyword_at_the_edge_is_refused_after_its_offset() =>
        Assert.Equal(SealPlacementError.XOutOfRange, Refused(WithKeyword(), SealPlacement.AtKeyword("甲方", KeywordMatch.First, Relative.Right, dx: 300)).Code);

    [Fact]
    public void A_field_gives_its_own_rectangle()
    {
        var pages = new FakePages(FakePages.A4 with { Rotation = 270 });
        pages.Fields["合同.签名"] = new FieldPlace(1, new PdfRectangle(100, 200, 150, 320));
        ResolvedPlacement control = Resolve(pages, Signature, SealPlacement.InField("合同.签名"))[0];
        Assert.Equal(new PdfRectangle(100, 200, 150, 320), control.UserSpace);
        Assert.Equal((120d, 50d, "合同.签名"), (control.Displayed.Width, control.Displayed.Height, control.FieldName));
        Assert.Equal(SealPlacementError.FieldNotFound, Refused(pages, SealPlacement.InField("没有")).Code);
    }

    [Fact]
    public void A_tender_is_stamped_on_every_page() =>
        Assert.Equal([2, 3, 4], Resolve(FakePages.OfA4(5), Stamp, SealPlacement.OnPages(PageSelection.Range(2, -2), 10, 10)).Select(c => c.Page));

    [Fact]
    public void Covering_an_existing_signature_is_refused_unless_allowed()
    {
        var resolver = new PlacementResolver(FakePages.OfA4(2));
        PlacedSeal placed = Stamp.Place(SealPlacement.At(1, 100, 200));
        IReadOnlyList<ResolvedPlacement> controls = resolver.Resolve(placed);
        var corner = new FieldPlace(1, new PdfRectangle(200, 500, 300, 530));
        SealPlacementException error = Assert.Throws<SealPlacementException>(() => resolver.RefuseOverlap(placed, controls, [corner]));
        Assert.Equal(SealPlacementError.Overlap, error.Code);
        Assert.Contains("x 200, y 312, 100 × 30 (page 1, /Rotate 0)", error.Message, StringComparison.Ordinal);

        resolver.RefuseOverlap(placed, controls, [corner with { Page = 2 }, new FieldPlace(1, new PdfRectangle(219, 523, 300, 642))]);
        resolver.RefuseOverlap(placed with { Placement = placed.Placement with { AllowOverlap = true } }, controls, [corner]);
    }

    [Theory]
    [InlineData("all", new[] { 1, 2, 3, 4, 5 })]
    [InlineData("odd", new[] { 1, 3, 5 })]
    [InlineData("even", new[] { 2, 4 })]
    [InlineData("range", new[] { 2, 3, 4 })]
    [InlineData("list", new[] { 1, 4, 5 })]
    public void Pages_are_selected_in_ascending_order(string kind, int[] expected)
    {
        PageSelection selection = kind switch
        {
            "odd" => PageSelection.Odd,
            "even" => PageSelection.Even,
            "range" => PageSelection.Range(2, -2),
            "list" => PageSelection.Of(-1, 4, 1, 4),
            _ => PageSelection.All,
        };
        Assert.Equal(expected, selection.Resolve(5));
    }

    private static FakePages WithKeyword()
    {
        var pages = FakePages.OfA4(2);
        pages.Keywords["甲方"] =
        [
            new KeywordBox(1, new DisplayedRectangle(100, 300, 100, 20)),
            new KeywordBox(2, new DisplayedRectangle(100, 300, 100, 20)),
            new KeywordBox(2, new DisplayedRectangle(100, 500, 100, 20)),
        ];
        return pages;
    }

    private static IReadOnlyList<ResolvedPlacement> Resolve(FakePages pages, Seal seal, SealPlacement placement) =>
        new PlacementResolver(pages).Resolve(seal.Place(placement));

    private static SealPlacementException Refused(FakePages pages, SealPlacement placement) =>
        Assert.Throws<SealPlacementException>(() => Resolve(pages, Stamp, placement));
}
