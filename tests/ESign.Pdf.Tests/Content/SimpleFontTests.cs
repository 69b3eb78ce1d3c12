using ESign.Pdf.Objects;
using static ESign.Pdf.Tests.Content.ContentFixture;

namespace ESign.Pdf.Tests.Content;

/// <summary>Fonts with one-byte codes (ISO 32000-2 §9.6): every way a code gets its text and its width.</summary>
public class SimpleFontTests
{
    [Theory]
    [InlineData("Helvetica", 6.67)]
    [InlineData("Helvetica-Bold", 7.22)]
    [InlineData("Times-Roman", 7.22)]
    [InlineData("Times-Italic", 6.11)]
    [InlineData("Courier", 6)]
    [InlineData("ABCDEF+Arial,Bold", 7.22)]
    [InlineData("TimesNewRomanPS-BoldItalicMT", 6.67)]
    public void The_standard_fonts_have_widths_of_their_own(string baseFont, double widthOfA)
    {
        ContentFixture page = new ContentFixture().Font("F", Simple("Type1", ("BaseFont", Name(baseFont))));
        Assert.Equal(widthOfA, Assert.Single(page.Find("BT /F 10 Tf (A) Tj ET", "A")).UserSpace.Width, 3);
    }

    [Fact]
    public void Widths_count_from_FirstChar_and_the_rest_is_MissingWidth()
    {
        ContentFixture page = new ContentFixture().Font("F", Simple(
            "TrueType",
            ("Encoding", Name("WinAnsiEncoding")),
            ("FirstChar", 66),
            ("Widths", new PdfArray(500, 250)),
            ("FontDescriptor", Dict(("MissingWidth", 100), ("Ascent", 700), ("Descent", -300)))));
        Assert.Equal("A@0,0 B@1,0 C@6,0 A@8.5,0", page.Glyphs("BT /F 10 Tf (ABCA) Tj ET"));
        Assert.Equal("1 -3 8.5 7", page.Box("BT /F 10 Tf (ABCA) Tj ET", "BC"));
    }

    [Fact]
    public void Differences_name_glyphs_by_list_uni_and_u()
    {
        ContentFixture page = new ContentFixture().Font("F", Simple("Type1", ("Encoding", Dict(
            ("BaseEncoding", Name("WinAnsiEncoding")),
            ("Differences", new PdfArray(65, Name("Euro"), Name("uni7532"), Name("u65B9"), Name("f_i"), Name("a.alt"), Name("g17"), 90, Name("space")))))));
        Assert.Equal("€甲方fiaFG ", string.Concat(page.Glyphs("BT /F 1 Tf (ABCDEFGZ) Tj ET").Split(' ').Select(g => g.Split('@')[0])).Replace("\u0020", "") + " ");
    }

    [Fact]
    public void ToUnicode_comes_first()
    {
        var page = new ContentFixture();
        PdfStream map = Stream("1 beginbfchar <41> <7532> endbfchar 1 beginbfrange <42> <43> [<65B9> <0066006C>] endbfrange");
        page.Font("F", Helvetica.With("ToUnicode", page.Add(map)));
        Assert.Equal("甲@0,0 方@0.67,0 fl@1.33,0 D@2.06,0", page.Glyphs("BT /F 1 Tf (ABCD) Tj ET"));
    }

    [Fact]
    public void A_Type3_font_measures_by_its_matrix()
    {
        ContentFixture page = new ContentFixture().Font("F", Dict(
            ("Type", Name("Font")),
            ("Subtype", Name("Type3")),
            ("FontMatrix", new PdfArray(0.01, 0, 0, 0.01, 0, 0)),
            ("FontBBox", new PdfArray(0, -20, 100, 80)),
            ("FirstChar", 1),
            ("Widths", new PdfArray(50, 60)),
            ("CharProcs", PdfDictionary.Empty),
            ("Encoding", Dict(("Differences", new PdfArray(1, Name("A"), Name("B")))))));
        Assert.Equal("0 -2 11 8", page.Box("BT /F 10 Tf <0102> Tj ET", "AB"));
    }

    [Fact]
    public void A_Type3_font_of_pixels_joins_words_and_boxes_them_by_its_own_height()
    {
        ContentFixture page = new ContentFixture().Font("F", Dict(
            ("Type", Name("Font")),
            ("Subtype", Name("Type3")),
            ("FontMatrix", new PdfArray(1, 0, 0, 1, 0, 0)),
            ("FontBBox", new PdfArray(0, -14, 64, 58)),
            ("FirstChar", 65),
            ("Widths", new PdfArray(40, 36)),
            ("CharProcs", PdfDictionary.Empty),
            ("Encoding", Dict(("Differences", new PdfArray(65, Name("A"), Name("B")))))));
        Assert.Equal("100 -3.5 121 14.5", page.Box("BT /F 0.25 Tf 100 0 Td (A) Tj 12 0 Td (B) Tj ET", "AB"));
    }

    [Fact]
    public void Symbol_has_an_encoding_of_its_own()
    {
        ContentFixture page = new ContentFixture().Font("F", Simple("Type1", ("BaseFont", Name("Symbol"))));
        Assert.Equal("α@0,0 β@0.63,0", page.Glyphs("BT /F 1 Tf (ab) Tj ET"));
    }

    [Fact]
    public void A_symbolic_TrueType_font_is_read_through_its_own_tables()
    {
        byte[] program = FontFixtures.TrueType((3, 0, FontFixtures.Format6(0xF041, 5)), (0, 3, FontFixtures.Format4(0x7532, 0x7532, 5)));
        Assert.Equal("甲@0,0", Embedded("TrueType", "FontFile2", program, 4).Glyphs("BT /F 1 Tf (A) Tj ET"));
    }

    [Fact]
    public void A_CFF_font_is_read_through_its_encoding_and_names()
    {
        byte[] program = FontFixtures.Cff("uni7532", 1, "uni65B9", 2);
        Assert.Equal("甲@0,0 方@0,0", Embedded("Type1", "FontFile3", program, 4).Glyphs("BT /F 1 Tf <0102> Tj ET"));
    }

    [Fact]
    public void A_Type1_font_is_read_through_its_clear_text()
    {
        byte[] program = "%!PS-AdobeFont-1.0: X\n/Encoding 256 array\ndup 1 /uni7532 put\ndup 2/B put readonly def currentfile eexec dup 3 /C put"u8.ToArray();
        Assert.Equal("甲@0,0 B@0,0", Embedded("Type1", "FontFile", program, 4).Glyphs("BT /F 1 Tf <0102> Tj ET"));
    }

    [Theory]
    [InlineData("FontFile2")]
    [InlineData("FontFile3")]
    [InlineData("FontFile")]
    public void Damaged_font_programs_say_nothing(string key)
    {
        byte[] whole = key switch
        {
            "FontFile2" => FontFixtures.TrueType((3, 0, FontFixtures.Format6(0xF041, 5)), (3, 10, FontFixtures.Format12(0x7532, 0x7540, 5)), (1, 0, FontFixtures.Format0(65, 5))),
            "FontFile3" => FontFixtures.Cff("uni7532", 65, "B", 66),
            _ => "/Encoding dup 65 /A put"u8.ToArray(),
        };
        for (int length = 1; length <= whole.Length; length++)
        {
            byte[] cut = whole[..length];
            Embedded("TrueType", key, cut, 4).Glyphs("BT /F 1 Tf (A) Tj ET");
            cut[^1] = 0xFF;
            Embedded("TrueType", key, cut, 4).Glyphs("BT /F 1 Tf (A) Tj ET");
        }
    }

    private static PdfDictionary Simple(string subtype, params (string, PdfObject)[] entries) =>
        Dict([("Type", Name("Font")), ("Subtype", Name(subtype)), .. entries]);

    private static ContentFixture Embedded(string subtype, string key, byte[] program, int flags)
    {
        var page = new ContentFixture();
        return page.Font("F", Simple(subtype, ("FirstChar", 0), ("Widths", PdfArray.Empty), ("FontDescriptor", Dict(("Flags", flags), (key, page.Add(Stream(program)))))));
    }
}
