using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;
using ESign.Pdf.Seals.Texts;
using ESign.Testing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>Dates, signature texts and remarks: extractable text that fits its control.</summary>
public sealed class TextDesignTests
{
    private static readonly DateOnly Day = new(2026, 1, 9);

    [Theory]
    [InlineData("yyyy年m月d日", "2026年1月9日")]
    [InlineData("yyyy/m/d", "2026/1/9")]
    [InlineData("yyyy-m-d", "2026-1-9")]
    [InlineData("yyyy.m.d", "2026.1.9")]
    [InlineData("yyyy m d", "2026 1 9")]
    public void A_date_has_the_platforms_forms(string form, string text)
    {
        Seal seal = Seal.Draw(SealDesign.Date(Day, form));
        Assert.Equal(text, seal.AlternateText);
        Assert.Equal(text.Split(' '), Extract(seal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_unknown_form_is_refused() => Assert.Throws<ArgumentException>(() => SealDesign.Date(Day, "d.m.yy"));

    [Fact]
    public void A_date_is_centred_in_its_control_at_its_own_size()
    {
        Seal seal = Seal.Draw(SealDesign.Date(Day));
        Assert.Equal((119d, 20d), (seal.Appearance.Width, seal.Appearance.Height));
        var control = new ResolvedPlacement(1, new DisplayedRectangle(100, 100, 300, 60), FakePages.A4, seal.Appearance);
        (int left, int top, int right, int bottom) = RenderedPage.Render(RenderedPage.Document([FakePages.A4], [control]))[0].InkBox()!.Value;
        Assert.InRange(left + right, 498, 502);
        Assert.InRange(top + bottom, 257, 263);
        Assert.InRange(bottom - top, 9, 13); // 12 points, not scaled to 60
    }

    [Fact]
    public void Gaps_leave_room_for_printed_characters()
    {
        IReadOnlyList<PositionedText> texts = Set(SealDesign.Date(Day, "yyyy m d", gapAfterYear: 3, gapAfterMonth: 1), 119, 20);
        double[] x = [.. texts.Select(t => t.Matrix.E)];
        double digit = BundledFont.Regular.Measure("1", 12);
        Assert.Equal(BundledFont.Regular.Measure("2026", 12) + (3 * 12), x[1] - x[0], 0.001);
        Assert.Equal(digit + 12, x[2] - x[1], 0.001);
    }

    [Fact]
    public void A_signature_text_is_as_large_as_its_control_allows_and_extractable()
    {
        Seal seal = Seal.Draw(SealDesign.SignatureText("签署人：张三", "时间：2026-11-20 10:41", "原因：同意签署"));
        Assert.Equal("签署人：张三\n时间：2026-11-20 10:41\n原因：同意签署", Extract(seal));
        double small = ((TextAppearance)seal.Appearance).Set().Texts[0].Size;
        double large = ((TextAppearance)seal.Appearance.FitTo(238, 86)).Set().Texts[0].Size;
        Assert.InRange(large / small, 1.95, 2.05);
    }

    [Fact]
    public void A_long_line_becomes_smaller_instead_of_leaving_its_control()
    {
        PositionedText text = Set(SealDesign.Date(Day, format: new TextFormat { FontSize = 72 }), 60, 40)[0];
        Assert.True(BundledFont.Regular.Measure(text.Text, text.Size) <= 58.001);
    }

    /// <summary>避头尾: no line begins with a closing mark or ends with an opening one, and words stay whole.</summary>
    [Fact]
    public void Lines_break_where_Chinese_and_English_allow()
    {
        IReadOnlyList<PositionedText> lines = Set(SealDesign.Remark("同意签署本合同，甲方（买方）按约定付款。See appendix number one"), 100, 120);
        Assert.Equal(["同意签署本合同，", "甲方（买方）按约", "定付款。See", "appendix", "number one"], lines.Select(l => l.Text));
        Assert.All(lines, l => Assert.True(BundledFont.Regular.Measure(l.Text, l.Size) <= 98.001));
    }

    [Fact]
    public void Text_in_a_font_that_lacks_a_character_is_refused_before_anything_is_written() =>
        Assert.Throws<MissingGlyphException>(() => Seal.Draw(SealDesign.Remark("同意🐉")));

    [Fact]
    public void An_svg_needs_no_font()
    {
        string svg = Seal.Draw(SealDesign.Date(Day)).ToSvg();
        Assert.DoesNotContain("<text", svg, StringComparison.Ordinal);
        Assert.Contains("<path", svg, StringComparison.Ordinal);
    }

    private static IReadOnlyList<PositionedText> Set(SealDesign design, double width, double height) =>
        ((TextAppearance)Seal.Draw(design).Appearance.FitTo(width, height)).Set().Texts;

    private static string Extract(Seal seal)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, RenderedPage.Document(seal));
            return Tool.Run("pdftotext", file, "-").Output.Trim().TrimEnd('\f').Trim();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
