using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using static ESign.Pdf.Tests.Content.ContentFixture;

namespace ESign.Pdf.Tests.Content;

/// <summary>What counts as an occurrence of a keyword, and where its box is (cn-esign §1.1: keyword controls).</summary>
public class KeywordSearchTests
{
    private readonly ContentFixture _page = new ContentFixture().Font("C", Composite(Name("UniGB-UTF16-H"), "GB1"));

    [Theory]
    [InlineData("several show operations", "(Con) Tj (tra) Tj (ct) Tj")]
    [InlineData("a kerning array", "[(C) 50 (o) -20 (ntra) 30 (ct)] TJ")]
    [InlineData("a position for each part", "(Con) Tj 18.34 0 Td (tract) Tj")]
    [InlineData("drawn from the end", "1 0 0 1 18.34 0 Tm (tract) Tj 1 0 0 1 0 0 Tm (Con) Tj")]
    [InlineData("another font size in between", "(Con) Tj /F1 9.5 Tf (tract) Tj")]
    [InlineData("a little superscript", "(Con) Tj 3 Ts (tract) Tj")]
    [InlineData("letters set apart by character spacing", "6 Tc (Contract) Tj")]
    public void A_keyword_may_be_broken_over(string how, string operators)
    {
        Assert.NotEmpty(how);
        Assert.Equal("Contract", Assert.Single(_page.Find($"BT /F1 10 Tf {operators} ET", "Contract")).Text);
    }

    [Theory]
    [InlineData("(Con) Tj 0 -12 Td (tract) Tj")]
    [InlineData("(Con) Tj 60 0 Td (tract) Tj")]
    [InlineData("(Con) Tj 0 1 -1 0 18.34 0 Tm (tract) Tj")]
    [InlineData("(contract) Tj")]
    [InlineData("(Con tract) Tj")]
    [InlineData("[(Con) -400 (tract)] TJ")]
    public void A_keyword_does_not_reach_over_lines_columns_directions_case_or_words(string operators) =>
        Assert.Empty(_page.Find($"BT /F1 10 Tf {operators} ET", "Contract"));

    [Theory]
    [InlineData("Party A", "(Party A) Tj", 1)]
    [InlineData("Party  A", "(Party    A) Tj", 1)]
    [InlineData("Party A", "[(Party) -300 (A)] TJ", 1)]
    [InlineData("PartyA", "(Party A) Tj", 0)]
    [InlineData("Party A", "(PartyA) Tj", 0)]
    [InlineData("A:", "(A :) Tj", 1)]
    public void Spaces_between_Latin_words_count_once(string keyword, string operators, int count) =>
        Assert.Equal(count, _page.Find($"BT /F1 10 Tf {operators} ET", keyword).Count);

    [Theory]
    [InlineData("甲方", "7532 3000 65B9")]
    [InlineData("甲方", "7532 0020 0020 65B9")]
    [InlineData("甲 方", "7532 65B9")]
    public void Spaces_between_ideographs_do_not_count(string keyword, string codes) =>
        Assert.Single(_page.Find($"BT /C 10 Tf <{codes}> Tj ET", keyword));

    [Theory]
    [InlineData("甲方(盖章):", "7532 65B9 FF08 76D6 7AE0 FF09 FF1A", "甲方（盖章）：")]
    [InlineData("甲方（盖章）：", "7532 65B9 0028 76D6 7AE0 0029 003A", "甲方(盖章):")]
    [InlineData("ABC123", "FF21 FF22 FF23 FF11 FF12 FF13", "ＡＢＣ１２３")]
    [InlineData("方", "2F45", "⽅")]
    [InlineData("门", "2ED4", "⻔")]
    [InlineData("金", "F90A", "\uF90A")]
    [InlineData("office", "006F FB03 0063 0065", "oﬃce")]
    [InlineData("カ", "FF76", "ｶ")]
    [InlineData("①", "0031", "1")]
    public void Width_forms_compatibility_characters_radicals_and_ligatures_are_folded(string keyword, string codes, string original)
    {
        var page = new ContentFixture();
        PdfReference map = page.Add(Stream("1 beginbfrange <0000> <FFFF> <0000> endbfrange"));
        page.Font("C", Composite(Name("Identity-H"), "Identity").With("ToUnicode", map));
        Assert.Equal(original, Assert.Single(page.Find($"BT /C 10 Tf <{codes}> Tj ET", keyword)).Text);
    }

    [Fact]
    public void Part_of_a_ligature_has_part_of_its_box()
    {
        PdfReference map = _page.Add(Stream("1 beginbfchar <0001> <006600660069> endbfchar 1 beginbfchar <0002> <0078> endbfchar"));
        _page.Font("L", Composite(Name("Identity-H"), "Identity").With("ToUnicode", map));
        Assert.Equal("20 -6 30 26.4", _page.Box("BT /L 30 Tf <0001> Tj ET", "i"));
    }

    [Fact]
    public void Only_the_matched_part_of_a_replacement_text_is_reported() =>
        Assert.Equal("habibi", Assert.Single(_page.Find("/Span <</ActualText (my habibi now)>> BDC BT /F1 10 Tf (abcd) Tj ET EMC", "habibi")).Text);

    [Theory]
    [InlineData("(^) Tj", "^", 1)]
    [InlineData("(A) Tj", "^A^", 1)]
    [InlineData("(x A y) Tj", "^A^", 1)]
    [InlineData("(xA) Tj", "^A^", 0)]
    [InlineData("(Ay) Tj", "^A^", 0)]
    [InlineData("(A:) Tj", "^A^", 0)]
    [InlineData("(xA Ax A xAx) Tj", "A", 4)]
    [InlineData("(xA Ax A xAx) Tj", "^A^", 1)]
    public void A_whole_word_is_touched_by_no_other_character(string operators, string keyword, int count) =>
        Assert.Equal(count, _page.Find($"BT /F1 10 Tf {operators} ET", keyword).Count);

    [Fact]
    public void The_whole_word_flag_is_the_same_as_the_marks() =>
        Assert.Empty(_page.Find("BT /F1 10 Tf (xA) Tj ET", "A", wholeWord: true));

    [Fact]
    public void Double_struck_text_is_one_occurrence()
    {
        Assert.Single(_page.Find("BT /F1 10 Tf (Seal) Tj 1 0 0 1 0.3 0 Tm (Seal) Tj ET", "Seal"));
        Assert.Single(_page.Find("BT /C 10 Tf <7532> Tj 1 0 0 1 0.3 0 Tm <7532> Tj 1 0 0 1 10 0 Tm <65B9> Tj 1 0 0 1 10.3 0 Tm <65B9> Tj ET", "甲方"));
    }

    [Fact]
    public void Occurrences_come_in_reading_order_whatever_order_they_are_drawn_in()
    {
        IReadOnlyList<TextMatch> found = _page.Find(
            "BT /F1 10 Tf 1 0 0 1 300 100 Tm (A) Tj 1 0 0 1 100 100.5 Tm (A) Tj 1 0 0 1 200 700 Tm (A) Tj ET", "A");
        Assert.Equal([(200.0, 700.0), (100, 100.5), (300, 100)], found.Select(m => (m.UserSpace.Left, Math.Round(m.UserSpace.Bottom + 2.1, 3))));
    }

    /// <summary>Half of a full-width bracket is empty, and typesetters use that half: characters then overlap by nearly half an em.</summary>
    [Theory]
    [InlineData("BT /C 10 Tf [<53F8> 420 <FF08> 475 <300C> <7532>] TJ ET")]
    [InlineData("BT /C 10 Tf 1 0 0 1 0 0 Tm <53F8> Tj 1 0 0 1 5.8 0 Tm <FF08> Tj 1 0 0 1 11.05 0 Tm <300C> Tj 1 0 0 1 21.05 0 Tm <7532> Tj ET")]
    public void Punctuation_may_be_set_close(string content) => Assert.Single(_page.Find(content, "司（「甲"));

    /// <summary>Recognised text of scans stands character by character, in fonts that say nothing of widths: digits are half an em wide.</summary>
    [Fact]
    public void Half_width_characters_without_widths_stand_close()
    {
        _page.Font("G", Composite(Name("GBK-EUC-H"), "GB1"));
        TextMatch found = Assert.Single(_page.Find("BT /G 10 Tf 1 0 0 1 100 0 Tm (2) Tj 1 0 0 1 104.6 0 Tm (0) Tj 1 0 0 1 109.6 0 Tm (1) Tj 1 0 0 1 114.8 0 Tm (6) Tj ET", "2016"));
        Assert.Equal((100, 119.8), (found.UserSpace.Left, Math.Round(found.UserSpace.Right, 3)));
    }

    [Fact]
    public void Vertical_columns_are_read_from_the_right()
    {
        _page.Font("V", Composite(Name("UniGB-UTF16-V"), "GB1"));
        IReadOnlyList<TextMatch> found = _page.Find("BT /V 10 Tf 1 0 0 1 100 700 Tm <7532> Tj 1 0 0 1 300 700 Tm <7532 65B9 7532> Tj ET", "甲");
        Assert.Equal([(295.0, 700.0), (295, 680), (95, 700)], found.Select(m => (m.UserSpace.Left, m.UserSpace.Top)));
    }

    [Theory]
    [InlineData(0, 100, 741)]
    [InlineData(90, 47.9, 100)]
    [InlineData(180, 493.33, 47.9)]
    [InlineData(270, 741, 493.33)]
    public void Displayed_boxes_follow_the_rotation_and_the_origin_of_the_page(int rotation, double x, double y)
    {
        var geometry = new PageGeometry(new PdfRectangle(-100, -50, 500, 750), rotation, 1);
        ContentFixture page = new ContentFixture { Geometry = geometry }.Font("F", Helvetica);
        TextMatch match = Assert.Single(page.Find("BT /F 10 Tf 1 0 0 1 0 0 Tm (A) Tj ET", "A"));
        Assert.Equal(x, match.Displayed.X, 2);
        Assert.Equal(y, match.Displayed.Y, 2);
    }

    [Fact]
    public void Rotated_text_has_the_box_around_it()
    {
        Assert.Equal("-9 0 2.1 13.34", _page.Box("BT /F1 10 Tf 0 1 -1 0 0 0 Tm (AB) Tj ET", "AB"));
        Assert.Equal("Contract", Assert.Single(_page.Find("BT /F1 10 Tf 0.8 0.6 -0.6 0.8 200 200 Tm (Con) Tj (tract) Tj ET", "Contract")).Text);
    }

    [Fact]
    public void Text_outside_the_visible_box_is_not_there() =>
        Assert.Empty(_page.Find("BT /F1 10 Tf 700 100 Td (A) Tj ET", "A"));

    [Theory]
    [InlineData("")]
    [InlineData(" \u3000")]
    [InlineData("\u200B")]
    public void A_keyword_without_a_visible_character_is_refused(string keyword) =>
        Assert.Throws<ArgumentException>(() => _page.Find("BT ET", keyword));
}
