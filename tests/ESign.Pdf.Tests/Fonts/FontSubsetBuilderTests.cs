using System.Text;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Fonts;

public class FontSubsetBuilderTests
{
    [Fact]
    public void Codes_count_up_from_1_in_the_order_of_first_use()
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular);
        Assert.Equal("000100020001", Convert.ToHexString(subset.Encode("甲乙甲")));
        Assert.Equal("00030002", Convert.ToHexString(subset.Encode("丙乙")));
    }

    [Fact]
    public void Characters_with_the_same_glyph_keep_their_own_codes()
    {
        var subset = new FontSubsetBuilder(TrueTypeFont.Read(HandmadeFont.Build()));
        Assert.Equal("00010002", Convert.ToHexString(subset.Encode("B\U00020BB7")));
    }

    [Fact]
    public void A_narrow_character_is_another_code_for_the_same_text()
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular);
        Assert.Equal("0001", Convert.ToHexString(subset.Encode("）")));
        Assert.Equal("0002", Convert.ToHexString(subset.EncodeNarrow("）")));
        Assert.Equal("00020001", Convert.ToHexString([.. subset.EncodeNarrow("）"), .. subset.Encode("）")]));
    }

    [Fact]
    public void Characters_that_ask_for_no_glyph_take_no_code()
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular);
        Assert.Equal("00010002", Convert.ToHexString(subset.Encode("\uFEFF甲\u200B乙\uFE00")));
        Assert.Equal(20, subset.Measure("甲\u200B乙", 10));
    }

    [Fact]
    public void A_letter_whose_mark_the_font_lacks_is_drawn_bare_where_replacing_is_allowed_and_keeps_its_own_code()
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular, new Rune('□'));
        Assert.Equal("00010002000300040004", Convert.ToHexString(subset.Encode("čcőŒ😀")));
        Assert.Equal(subset.Measure("co", 10), subset.Measure("čő", 10));
        Assert.Equal(0x010D, Assert.Throws<MissingGlyphException>(() => new FontSubsetBuilder(BundledFont.Regular).Encode("č")).CodePoint);
    }

    [Fact]
    public void Every_letter_of_latin_extended_a_has_a_bare_one_but_the_ligatures() =>
        Assert.Equal("ĲĳŒœ", string.Concat(Enumerable.Range(0x100, 0x80).Where(c => BareLetters.Of(c) is null).Select(c => (char)c)));

    [Fact]
    public void A_missing_character_is_an_error_that_names_it()
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular);
        Assert.Equal(0x20BB7, Assert.Throws<MissingGlyphException>(() => subset.Encode("甲\U00020BB7")).CodePoint);
        Assert.Equal(0x1F600, Assert.Throws<MissingGlyphException>(() => subset.Measure("😀", 10)).CodePoint);
        Assert.Equal(0xD83D, Assert.Throws<MissingGlyphException>(() => subset.Encode("\uD83D甲")).CodePoint);
    }

    [Fact]
    public void A_missing_character_can_have_a_replacement()
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular, new Rune('□'));
        Assert.Equal("0001000200010001", Convert.ToHexString(subset.Encode("😀甲□😀")));
        Assert.Equal(10, subset.Measure("😀", 10));
    }

    [Fact]
    public void The_same_texts_give_the_same_bytes_and_one_instance_until_more_is_used()
    {
        EmbeddedFont Make() => Encoded("合同专用章").Build();
        var first = new ObjectList();
        var second = new ObjectList();
        Make().Write(first);
        Make().Write(second);
        Assert.Equal(first.Objects, second.Objects);

        FontSubsetBuilder builder = Encoded("合同");
        EmbeddedFont built = builder.Build();
        builder.Encode("同合");
        Assert.Same(built, builder.Build());
        builder.Encode("章");
        Assert.NotSame(built, builder.Build());
    }

    [Fact]
    public void W_lists_the_runs_of_codes_that_are_not_one_em_wide()
    {
        var objects = new ObjectList();
        var font = (PdfDictionary)objects[Encoded("甲AB乙C").Build().Write(objects)];
        var descendant = (PdfDictionary)objects[((PdfArray)font["DescendantFonts"]!)[0]];
        TrueTypeFont source = BundledFont.Regular;
        PdfObject Width(int character) => new PdfInteger((long)Math.Round(source.Advance(source.GlyphIndex(character)) * 1000));
        Assert.Equal(new PdfArray(2, new PdfArray(Width('A'), Width('B')), 5, new PdfArray(Width('C'))), descendant["W"]);
        Assert.NotEqual(new PdfInteger(1000), Width('A'));
        Assert.Equal(new PdfInteger(1000), descendant["DW"]);
    }

    [Fact]
    public void A_subset_program_draws_the_same_glyphs()
    {
        TrueTypeFont font = TrueTypeFont.Read(HandmadeFont.Build());
        TrueTypeFont subset = TrueTypeFont.Read(SubsetProgram.Write(font, [new('C', HandmadeFont.Both, 600), new('A', HandmadeFont.Square, 300)], out _));
        Assert.Equal(4, subset.GlyphCount); // .notdef, both, the square (also a component), the ring (a component only)
        Assert.Equal(font.GetOutline('C').Segments, subset.Glyphs.Outline(1, 1000, 0).Segments);
        Assert.Equal(font.GetOutline('A').Segments, subset.Glyphs.Outline(2, 1000, 0).Segments);
        Assert.Equal(font.GetOutline('B').Segments, subset.Glyphs.Outline(3, 1000, 0).Segments);
        Assert.Equal([0.3, 0.6, 0.3, 0.6], Enumerable.Range(0, 4).Select(subset.Advance)); // the second character set narrow
        Assert.Equal(100, subset.LeftSideBearingUnits(2));
    }

    [Theory]
    [InlineData(0x0000, true)] // installable
    [InlineData(0x0002, false)] // restricted
    [InlineData(0x0004, true)] // preview and print
    [InlineData(0x0008, true)] // editable
    public void OS2_fsType_restricted_licence_forbids_embedding(int rights, bool allowed)
    {
        TrueTypeFont font = TrueTypeFont.Read(HandmadeFont.Build(embeddingRights: rights));
        Assert.Equal(allowed, font.IsEmbeddable);
        if (!allowed)
        {
            Assert.Equal(PdfErrorCode.Font, Assert.Throws<PdfFormatException>(() => new FontSubsetBuilder(font)).Code);
        }
    }

    private static FontSubsetBuilder Encoded(string text)
    {
        var subset = new FontSubsetBuilder(BundledFont.Regular);
        subset.Encode(text);
        return subset;
    }
}
