using System.Text;
using ESign.Pdf.Objects;
using static ESign.Pdf.Tests.Content.ContentFixture;

namespace ESign.Pdf.Tests.Content;

/// <summary>Fonts with longer codes (ISO 32000-2 §9.7): predefined and embedded CMaps, collections, metrics, vertical writing.</summary>
public class CompositeFontTests
{
    [Theory]
    [InlineData("UniGB-UCS2-H", "GB1", "7532 65B9")]
    [InlineData("UniGB-UTF16-H", "GB1", "7532 65B9")]
    [InlineData("UniCNS-UTF16-H", "CNS1", "7532 65B9")]
    [InlineData("UniJIS-UTF16-H", "Japan1", "7532 65B9")]
    [InlineData("UniJIS-UCS2-HW-H", "Japan1", "7532 65B9")]
    [InlineData("UniKS-UCS2-H", "Korea1", "7532 65B9")]
    [InlineData("UniGB-UTF8-H", "GB1", "E794B2 E696B9")]
    [InlineData("UniGB-UTF32-H", "GB1", "00007532 000065B9")]
    [InlineData("GBK-EUC-H", "GB1", "BCD7 B7BD")]
    [InlineData("GBKp-EUC-H", "GB1", "BCD7 B7BD")]
    [InlineData("GBK2K-H", "GB1", "BCD7 B7BD")]
    [InlineData("GB-EUC-H", "GB1", "BCD7 B7BD")]
    [InlineData("GBpc-EUC-H", "GB1", "BCD7 B7BD")]
    [InlineData("GB-H", "GB1", "3C57 373D")]
    [InlineData("90ms-RKSJ-H", "Japan1", "8D62 95FB")]
    [InlineData("90msp-RKSJ-H", "Japan1", "8D62 95FB")]
    [InlineData("EUC-H", "Japan1", "B9C3 CAFD")]
    [InlineData("H", "Japan1", "3943 4A7D")]
    [InlineData("ETen-B5-H", "CNS1", "A5D2 A4E8")]
    [InlineData("B5pc-H", "CNS1", "A5D2 A4E8")]
    [InlineData("KSCms-UHC-H", "Korea1", "CBA3 DBB0")]
    [InlineData("KSC-EUC-H", "Korea1", "CBA3 DBB0")]
    public void Predefined_encodings_need_no_ToUnicode(string encoding, string ordering, string codes)
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name(encoding), ordering));
        Assert.Equal("甲@0,0 方@10,0", page.Glyphs($"BT /F 10 Tf <{codes}> Tj ET"));
    }

    [Theory]
    [InlineData("Identity-H")]
    [InlineData("Identity-V")]
    public void Codes_are_Unicode_where_ToUnicode_is_an_identity(string map)
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("Identity-H"), "Identity").With("ToUnicode", Name(map)));
        Assert.Equal("甲@0,0 ě@10,0", page.Glyphs("BT /F 10 Tf <7532011B> Tj ET"));
    }

    [Fact]
    public void Letters_of_a_font_without_widths_are_one_word_wherever_they_are_put()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("Identity-H"), "Identity").With("ToUnicode", Name("Identity-H")));
        Assert.Single(page.Find("BT /F 10 Tf [<0032>440<0030>440<0031>780<0035>] TJ ET", "2015"));
        Assert.Empty(page.Find("BT /F 10 Tf 50 0 Td <0032> Tj 1 0 Td <0032> Tj ET", "22"));
    }

    [Theory]
    [InlineData("GBK2K-H", "8139EE39", "㐀")]
    [InlineData("UniGB-UTF16-H", "D840DC00", "𠀀")]
    public void Four_byte_codes(string encoding, string code, string text)
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name(encoding), "GB1"));
        Assert.Equal($"{text}@0,0", page.Glyphs($"BT /F 10 Tf <{code}> Tj ET"));
    }

    [Theory]
    [InlineData("GBK-EUC-H", "GB1", 814, "0.5")]
    [InlineData("GBKp-EUC-H", "GB1", 1, "0.5")]
    [InlineData("90ms-RKSJ-H", "Japan1", 231, "0.5")]
    [InlineData("ETen-B5-H", "CNS1", 13648, "0.5")]
    [InlineData("KSCms-UHC-HW-H", "Korea1", 8094, "0.5")]
    public void Ascii_has_the_half_width_or_the_proportional_CIDs(string encoding, string ordering, int firstCid, string width)
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(
            Name(encoding), ordering, ("W", new PdfArray(firstCid, firstCid + 94, 500)), ("DW", 1000)));
        Assert.Equal($"A@0,0 B@{width},0", page.Glyphs("BT /F 1 Tf (AB) Tj ET"));
    }

    [Theory]
    [InlineData("GB1", 2122, "甲")]
    [InlineData("GB1", 34, "A")]
    [InlineData("CNS1", 34, "A")]
    [InlineData("Japan1", 843, "あ")]
    [InlineData("Korea1", 34, "A")]
    public void Identity_codes_are_looked_up_in_the_collection(string ordering, int cid, string text)
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("Identity-H"), ordering));
        Assert.Equal($"{text}@0,0", page.Glyphs($"BT /F 1 Tf <{cid:X4}> Tj ET"));
    }

    [Fact]
    public void Identity_codes_without_ToUnicode_are_looked_up_in_the_embedded_TrueType_font()
    {
        var page = new ContentFixture();
        byte[] program = FontFixtures.TrueType((3, 10, FontFixtures.Format12(0x7532, 0x7533, 7)));
        PdfDictionary descriptor = Dict(("FontFile2", page.Add(Stream(program))));
        page.Font("F", Composite(Name("Identity-H"), "Identity", ("FontDescriptor", descriptor)));
        page.Font("G", Composite(Name("Identity-H"), "Identity", ("FontDescriptor", descriptor), ("CIDToGIDMap", page.Add(Stream(new byte[] { 0, 0, 0, 8 })))));
        Assert.Equal("甲@0,0 申@1,0 申@2,0", page.Glyphs("BT /F 1 Tf <00070008> Tj /G 1 Tf <0001> Tj ET"));
    }

    [Fact]
    public void Identity_codes_without_ToUnicode_are_looked_up_in_the_embedded_CFF_font()
    {
        var page = new ContentFixture();
        PdfDictionary descriptor = Dict(("FontFile3", page.Add(Stream(FontFixtures.Cff("uni7532", 1, "uni65B9", 2)))));
        page.Font("F", Composite(Name("Identity-H"), "Identity", ("FontDescriptor", descriptor)));
        Assert.Equal("甲@0,0 方@1,0", page.Glyphs("BT /F 1 Tf <00010002> Tj ET"));
    }

    [Fact]
    public void An_embedded_CMap_has_code_spaces_of_mixed_width_and_a_base()
    {
        var page = new ContentFixture();
        PdfStream map = Stream("""
            /CIDInit /ProcSet findresource begin 12 dict begin begincmap /GBK-EUC-H usecmap
            2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
            1 begincidchar <41> 2122 endcidchar
            1 begincidrange <B0A1> <B0A2> 34 endcidrange
            endcmap
            """);
        page.Font("F", Composite(page.Add(map), "GB1"));
        Assert.Equal("甲@0,0 A@1,0 B@2,0 方@3,0 C@4,0", page.Glyphs("BT /F 1 Tf <41 B0A1 B0A2 B7BD 43> Tj ET"));
    }

    [Fact]
    public void A_CMap_may_build_on_another_stream_and_write_vertically()
    {
        var page = new ContentFixture();
        PdfReference basis = page.Add(Stream("1 begincodespacerange <0000> <FFFF> endcodespacerange 1 begincidrange <0000> <FFFF> 0 endcidrange"));
        page.Font("F", Composite(page.Add(Stream("/WMode 1 def 1 begincidchar <0001> 2122 endcidchar", ("UseCMap", basis))), "GB1"));
        Assert.Equal("甲@0,0 A@0,-1", page.Glyphs("BT /F 1 Tf <00010022> Tj ET"));
    }

    [Fact]
    public void CMaps_that_build_on_themselves_end()
    {
        var page = new ContentFixture();
        PdfReference map = page.Add(PdfNull.Instance);
        page.Set(map, Stream("1 begincidchar <0001> 34 endcidchar", ("UseCMap", map)));
        page.Font("F", Composite(map, "GB1"));
        Assert.Equal("A@0,0", page.Glyphs("BT /F 1 Tf <0001> Tj ET"));
    }

    [Theory]
    [InlineData("1 beginbfchar <0001> <7532> endbfchar", "甲")]
    [InlineData("100 beginbfchar <0001><7532> endbfchar", "甲")]
    [InlineData("1 beginbfchar <0001> /uni7532 endbfchar", "甲")]
    [InlineData("1 beginbfrange <0000> <0002> <7531> endbfrange", "甲")]
    [InlineData("1 beginbfrange <0000> <0002> [<0041> <7532> <0043>] endbfrange", "甲")]
    [InlineData("1 beginbfrange <0000> <FFFF> <7531> endbfrange", "甲")]
    [InlineData("1 beginbfchar <0001> <D840DC00> endbfchar", "𠀀")]
    [InlineData("1 beginbfchar <0001> <7532 65B9> endbfchar", "甲方")]
    public void ToUnicode_maps(string map, string text)
    {
        var page = new ContentFixture();
        page.Font("F", Composite(Name("Identity-H"), "Identity").With("ToUnicode", page.Add(Stream(map))));
        Assert.Equal($"{text}@0,0", page.Glyphs("BT /F 1 Tf <0001> Tj ET"));
    }

    [Fact]
    public void ToUnicode_entries_that_say_nothing_give_way_to_the_encoding()
    {
        var page = new ContentFixture();
        page.Font("F", Composite(Name("GBK-EUC-H"), "GB1").With("ToUnicode", page.Add(Stream("1 beginbfchar <BCD7> <0000> endbfchar"))));
        Assert.Equal("甲@0,0", page.Glyphs("BT /F 1 Tf <BCD7> Tj ET"));
    }

    [Fact]
    public void Widths_by_list_by_range_and_by_default()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(
            Name("Identity-H"), "GB1", ("DW", 800), ("W", new PdfArray(34, new PdfArray(100, 200), 36, 4000, 300))));
        Assert.Equal("A@0,0 B@0.1,0 C@0.3,0 !@0.6,0 A@1.4,0", page.Glyphs("BT /F 1 Tf <00220023002400020022> Tj ET"));
    }

    [Fact]
    public void Vertical_writing_goes_down_from_the_top_middle()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("UniGB-UTF16-V"), "GB1"));
        Assert.Equal("95 180 105 200", page.Box("BT /F 10 Tf 100 200 Td <753265B9> Tj ET", "甲方"));
    }

    [Fact]
    public void Vertical_metrics_by_list_by_range_and_by_default()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(
            Name("Identity-V"), "GB1", ("DW2", new PdfArray(880, -2000)), ("W2", new PdfArray(34, new PdfArray(-500, 0, 880), 36, 40, -100, 500, 880))));
        Assert.Equal("A@0,0 C@0,-0.5 甲@0,-0.6 A@0,-2.6", page.Glyphs("BT /F 1 Tf <0022 0024 084A 0022> Tj ET"));
        Assert.Equal("100 195 110 200", page.Box("BT /F 10 Tf 100 200 Td <0022> Tj ET", "A"));
    }

    [Fact]
    public void Kerning_in_vertical_writing_moves_up_and_down()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("UniGB-UTF16-V"), "GB1"));
        Assert.Equal("甲@0,0 方@0,-9", page.Glyphs("BT /F 10 Tf [<7532> -100 <65B9>] TJ ET"));
    }

    /// <summary>ISO 32000-2 §9.3.2: "for vertical writing, a negative value of Tc has the effect of expanding"; so do the witnesses.</summary>
    [Fact]
    public void Character_spacing_in_vertical_writing_is_signed_as_the_advance()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("UniGB-UTF16-V"), "GB1"));
        Assert.Equal("甲@0,0 方@0,-8", page.Glyphs("BT /F 10 Tf 2 Tc <753265B9> Tj ET"));
        Assert.Equal("甲@0,0 方@0,-12", page.Glyphs("BT /F 10 Tf -2 Tc <753265B9> Tj ET"));
    }

    /// <summary>The box is where the character is seen: its square hangs from its own baseline, not from the pen.</summary>
    [Fact]
    public void A_vertical_box_follows_the_position_vector()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("UniGB-UTF16-V"), "GB1", ("DW2", new PdfArray(700, -1200))));
        Assert.Equal("95 179.8 105 201.8", page.Box("BT /F 10 Tf 100 200 Td <753265B9> Tj ET", "甲方"));
    }

    [Fact]
    public void Codes_nothing_explains_still_take_their_room()
    {
        ContentFixture page = new ContentFixture().Font("F", Composite(Name("Identity-H"), "Identity"));
        Assert.Equal("\uFFFD@0,0 \uFFFD@1,0", page.Glyphs("BT /F 1 Tf <00070008> Tj ET"));
        Assert.Empty(page.Find("BT /F 1 Tf <00070008> Tj ET", "甲"));
    }

    [Fact]
    public void A_hostile_CMap_is_a_limit()
    {
        var page = new ContentFixture();
        var map = new StringBuilder("1 beginbfrange ");
        for (int i = 0; i < 2000; i++)
        {
            map.Append("<0000> <00FF> <0041> ");
        }

        page.Font("F", Composite(Name("Identity-H"), "GB1").With("ToUnicode", page.Add(Stream(map.ToString()))));
        Assert.Equal(PdfErrorCode.LimitExceeded, Assert.Throws<PdfFormatException>(() => page.Glyphs("BT /F 1 Tf <0001> Tj ET")).Code);
    }
}
