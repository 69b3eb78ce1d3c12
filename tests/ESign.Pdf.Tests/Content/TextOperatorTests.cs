using ESign.Pdf.Content;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Content;

/// <summary>Every text operator of ISO 32000-2 §9.3 and §9.4. Helvetica: A 0.667, B 0.667, space 0.278 em.</summary>
public class TextOperatorTests
{
    private readonly ContentFixture _page = new();

    [Theory]
    [InlineData("Tf Td Tj", "BT /F1 10 Tf 100 200 Td (AB) Tj ET", "A@100,200 B@106.67,200")]
    [InlineData("TD sets the leading", "BT /F1 10 Tf 0 -12 TD (A) Tj T* (B) Tj ET", "A@0,-12 B@0,-24")]
    [InlineData("Tm replaces, Td adds", "BT /F1 10 Tf 9 9 Td 2 0 0 2 50 60 Tm (A) Tj 1 1 Td (B) Tj ET", "A@50,60 B@52,62")]
    [InlineData("TJ numbers move back", "BT /F1 10 Tf [(A) 100 (B) -1000 (A)] TJ ET", "A@0,0 B@5.67,0 A@22.34,0")]
    [InlineData("' is T* then Tj", "BT /F1 10 Tf 12 TL 0 100 Td (A) ' ET", "A@0,88")]
    [InlineData("\" sets Tw and Tc", "BT /F1 10 Tf 12 TL 0 100 Td 5 1 (A B) \" ET", "A@0,88  @7.67,88 B@16.45,88")]
    [InlineData("Tc", "BT /F1 10 Tf 3 Tc (AB) Tj ET", "A@0,0 B@9.67,0")]
    [InlineData("Tw", "BT /F1 10 Tf 4 Tw (A B) Tj ET", "A@0,0  @6.67,0 B@13.45,0")]
    [InlineData("Tz", "BT /F1 10 Tf 50 Tz 2 Tc (AB) Tj ET", "A@0,0 B@4.34,0")]
    [InlineData("Ts", "BT /F1 10 Tf 5 Ts (A) Tj 0 Ts (B) Tj ET", "A@0,5 B@6.67,0")]
    [InlineData("BT resets the matrices", "BT /F1 10 Tf 50 50 Td (A) Tj ET BT (B) Tj ET", "A@50,50 B@0,0")]
    [InlineData("cm", "2 0 0 3 10 20 cm BT /F1 10 Tf 1 1 Td (A) Tj ET", "A@12,23")]
    [InlineData("q and Q restore font and matrix", "BT /F1 10 Tf ET q 1 0 0 1 7 7 cm BT /F1 99 Tf (A) Tj ET Q BT (AB) Tj ET", "A@7,7 A@0,0 B@6.67,0")]
    [InlineData("Tr 3 shows nothing and is text", "BT /F1 10 Tf 3 Tr (A) Tj ET", "A@0,0")]
    [InlineData("hexadecimal and escapes", "BT /F1 10 Tf <4142> Tj (\\101\\102) Tj ET", "A@0,0 B@6.67,0 A@13.34,0 B@20.01,0")]
    public void Text_operators_place_glyphs(string what, string content, string glyphs)
    {
        Assert.NotEmpty(what);
        Assert.Equal(glyphs, _page.Glyphs(content));
    }

    [Theory]
    [InlineData("Q Q Q BT /F1 10 Tf (A) Tj ET q q q")]
    [InlineData("1 2 3 frobnicate >> ] ) } BT /F1 10 Tf (A) Tj ET")]
    [InlineData("BT /F1 10 Tf (A) Tj")]
    [InlineData("BT /F1 10 Tf [(A) TJ ET")]
    [InlineData("EMC EMC BT /F1 10 Tf (A) Tj ET /P BMC")]
    [InlineData("BT /F1 10 Tf /Nope 10 Tf (A) Tj /F1 10 Tf (A) Tj ET")]
    public void Unbalanced_and_unknown_operators_are_passed_over(string content) => Assert.Equal("A@0,0", _page.Glyphs(content));

    [Fact]
    public void An_operator_inside_the_array_of_TJ_does_not_end_it()
    {
        string box = new ContentFixture().Box("BT /F1 10 Tf [(Grandes) 0.0 Tc -250 (Marches) ] TJ ET", "Marches");
        Assert.Equal(new ContentFixture().Box("BT /F1 10 Tf [(Grandes) -250 (Marches)] TJ ET", "Marches"), box);
    }

    [Fact]
    public void The_parts_of_a_contents_array_are_one_stream()
    {
        TextMatch match = Assert.Single(_page.Find("AB", wholeWord: false, ContentFixture.Stream("BT /F1 10 Tf 100"), ContentFixture.Stream("200 Td [(A) "), ContentFixture.Stream("(B)] TJ ET")));
        Assert.Equal("100 197.9 113.34 209", ContentFixture.Box(match));
    }

    [Theory]
    [InlineData("BI /W 2 /H 2 ID \u0001EI\u0002 EI\u00FF (no) Tj EI Q BT /F1 10 Tf (A) Tj ET")]
    [InlineData("BI /W 1 /H 1 /D [1 0] ID ((((<< EI\nBT /F1 10 Tf (A) Tj ET")]
    public void Inline_image_data_is_no_content(string content) => Assert.Equal("A@0,0", _page.Glyphs(content));

    [Fact]
    public void An_inline_image_without_end_ends_the_content() => Assert.Equal("", _page.Glyphs("BI ID abc BT /F1 10 Tf (A) Tj ET"));

    [Fact]
    public void Forms_have_their_matrix_and_resources_and_inherit_the_rest()
    {
        PdfObject inner = ContentFixture.Stream("BT /F1 10 Tf (B) Tj ET", ("Subtype", ContentFixture.Name("Form")));
        PdfObject outer = ContentFixture.Stream(
            "BT /G 10 Tf (A) Tj ET /In Do",
            ("Subtype", ContentFixture.Name("Form")),
            ("Matrix", new PdfArray(2, 0, 0, 2, 30, 40)),
            ("Resources", ContentFixture.Dict(
                ("Font", ContentFixture.Dict(("G", ContentFixture.Helvetica), ("F1", ContentFixture.Helvetica))),
                ("XObject", ContentFixture.Dict(("In", inner))))));
        _page.Form("Out", outer);
        Assert.Equal("A@35,46 B@35,46 A@5,6", _page.Glyphs("1 0 0 1 5 6 cm /Out Do BT /F1 10 Tf (A) Tj ET"));
    }

    [Fact]
    public void A_form_that_draws_itself_is_drawn_once()
    {
        PdfReference form = _page.Add(PdfNull.Instance);
        _page.Set(form, ContentFixture.Stream("BT /F1 10 Tf (A) Tj ET /Me Do", ("Subtype", ContentFixture.Name("Form"))));
        _page.Form("Me", form);
        Assert.Equal("A@0,0", _page.Glyphs("/Me Do"));
    }

    [Theory]
    [InlineData("/Span <</ActualText (XY)>> BDC BT /F1 10 Tf (AB) Tj ET EMC", "X@0,0 Y@6.67,0")]
    [InlineData("/Span <</ActualText (XYZ)>> BDC BT /F1 10 Tf (A) Tj ET EMC", "XYZ@0,0")]
    [InlineData("/Span <</ActualText <FEFF7532>/X <</ActualText (no)>> >> BDC BT /F1 10 Tf (A) Tj ET EMC", "甲@0,0")]
    [InlineData("/Span /MC0 BDC BT /F1 10 Tf (AB) Tj ET EMC", "甲@0,0 方@6.67,0")]
    [InlineData("/P <</MCID 0>> BDC BT /F1 10 Tf (A) Tj ET EMC", "A@0,0")]
    public void Replacement_text_takes_the_place_of_glyphs(string content, string glyphs)
    {
        _page.Property("MC0", ContentFixture.Dict(("ActualText", PdfString.Text("甲方"))));
        Assert.Equal(glyphs, _page.Glyphs(content));
    }

    [Fact]
    public void An_extended_graphics_state_may_set_the_font()
    {
        var page = new ContentFixture();
        PdfDictionary resources = page.Resources.With("ExtGState", ContentFixture.Dict(("G0", ContentFixture.Dict(("Font", new PdfArray(page.Add(ContentFixture.Helvetica), 20))))));
        IReadOnlyList<TextMatch> found = new PageSearcher(page).Find(
            ContentFixture.Dict(("Contents", ContentFixture.Stream("/G0 gs BT (AB) Tj ET"))), resources, page.Geometry, 1, FoldedKeyword.Parse("AB", false));
        Assert.Equal("0 -4.2 26.68 18", ContentFixture.Box(Assert.Single(found)));
    }
}
