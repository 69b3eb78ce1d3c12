using System.Text;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Signing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Forms;

/// <summary>
/// ISO 32000-2 §12.7.3 table 224: a form with /NeedAppearances leaves its fields to the viewer. Signing draws them, because without the
/// flag their values would no longer be seen.
/// </summary>
public sealed class FieldAppearancesTests
{
    private const string Resources = "/DR<</Font<</Helv 30 0 R>>>>/DA(/Helv 10 Tf 0 g)";

    [Fact]
    public async Task A_value_is_drawn_in_the_fonts_of_the_form()
    {
        byte[] signed = await SignAsync("/FT/Tx/V(Alice)/AP<</N 32 0 R>>");
        using PdfDocument document = PdfDocument.Open(signed);
        TextMatch match = Assert.Single(new TextLocator(document).Find("Alice"));
        Assert.InRange(match.UserSpace.Left, 102, 103);
        Assert.InRange(match.UserSpace.Top, 700, 720);
        Assert.Equal(new PdfReference(30), Font(document));
        Assert.False(document.AcroForm.Dictionary!.ContainsKey("NeedAppearances"));
    }

    [Fact]
    public async Task A_value_the_form_has_no_font_for_is_drawn_in_the_bundled_one_which_is_embedded()
    {
        byte[] signed = await SignAsync("/FT/Tx/V" + Utf16("深圳示例 A1"));
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Single(new TextLocator(document).Find("深圳示例 A1"));
        var font = (PdfDictionary)document.Resolve(Font(document));
        Assert.Equal("Type0", ((PdfName)font["Subtype"]!).Value);
    }

    [Fact]
    public async Task What_no_font_here_has_is_left_as_its_program_drew_it()
    {
        string arabic = Utf16("\u0627\u0644");
        using PdfDocument drawn = PdfDocument.Open(await SignAsync("/FT/Tx/AP<</N 32 0 R>>/V" + arabic));
        Assert.Equal(new PdfReference(32), ((PdfDictionary)drawn.AcroForm.Fields[0].Dictionary["AP"]!)["N"]);
        using PdfDocument bare = PdfDocument.Open(await SignAsync("/FT/Tx/V" + arabic));
        Assert.Single(new TextLocator(bare).Find("□□"));
    }

    [Theory]
    [InlineData("/V/Yes/AS/Yes", "Yes", "√")]
    [InlineData("/V/Yes/AS/Yes/AP<</N<</Off 32 0 R>>>>/MK<</CA(8)>>", "Yes", "×")]
    [InlineData("/V/Yes", "Yes", "√")]
    [InlineData("/Ff 32768/V/2/AS/2", "2", "●")]
    [InlineData("/Ff 32768/V/2/AS/Off", "Off", "")]
    public async Task A_button_shows_the_state_it_is_in(string button, string state, string mark)
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync("/FT/Btn/Rect[100 700 120 720]" + button));
        var states = (PdfDictionary)((PdfDictionary)document.AcroForm.Fields[0].Dictionary["AP"]!)["N"]!;
        Assert.IsType<PdfStream>(document.Resolve(states[state]));
        Assert.Equal(new PdfName(state), document.AcroForm.Fields[0].Dictionary["AS"]);
        Assert.Equal(button.Contains("/Off 32", StringComparison.Ordinal), states.ContainsKey("Off") && state != "Off");
        Assert.Equal(mark.Length, mark.Length == 0 ? 0 : new TextLocator(document).Find(mark).Count());
    }

    [Theory]
    [InlineData("/V/Yes/AS/Yes/AP<</N<</Yes 32 0 R>>>>")]
    [InlineData("/AS/Off/AP<</N<</Yes 32 0 R>>>>")]
    [InlineData("/Ff 65536/AP<</N 32 0 R>>")]
    public async Task A_button_that_has_its_appearance_keeps_it(string button)
    {
        string signed = Encoding.Latin1.GetString(await SignAsync("/FT/Btn" + button));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(signed, @"\n31 0 obj"));
    }

    [Fact]
    public async Task A_push_button_shows_its_caption()
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync("/FT/Btn/Ff 65536/MK<</CA(Send)>>"));
        Assert.Single(new TextLocator(document).Find("Send"));
    }

    [Fact]
    public async Task An_appearance_without_a_value_stays()
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync("/FT/Tx/AP<</N 32 0 R>>"));
        Assert.Equal(new PdfReference(32), ((PdfDictionary)document.AcroForm.Fields[0].Dictionary["AP"]!)["N"]);
    }

    [Theory]
    [InlineData("/FT/Tx/Ff 4096/V(several words that need more than one line of this narrow field)/Rect[100 600 200 700]", "several", "field", 20)]
    [InlineData("/FT/Tx/Ff 4096/V(first\\rsecond)/Rect[100 600 200 700]", "first", "second", 8)]
    [InlineData("/FT/Ch/Opt[(red)[(g)(green)](blue)]/V(g)/Rect[100 600 200 700]", "red", "green", 8)]
    public async Task Text_runs_down_in_fields_of_several_lines_and_in_lists(string field, string above, string below, double apart)
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync(field));
        var locator = new TextLocator(document);
        Assert.True(Assert.Single(locator.Find(above)).UserSpace.Top - Assert.Single(locator.Find(below)).UserSpace.Top >= apart);
    }

    [Fact]
    public async Task Options_show_what_stands_for_them_and_the_chosen_one_is_marked()
    {
        using PdfDocument list = PdfDocument.Open(await SignAsync("/FT/Ch/Opt[(red)[(g)(green)]]/V(g)/Rect[100 600 200 700]"));
        Assert.Matches(@"0\.6 0\.757 0\.855 rg\s0 \S+ 100 \S+ re\sf\s", Content(list));
        using PdfDocument combo = PdfDocument.Open(await SignAsync("/FT/Ch/Ff 131072/Opt[(red)[(g)(green)]]/V(g)"));
        Assert.Single(new TextLocator(combo).Find("green"));
    }

    [Fact]
    public async Task A_comb_gives_each_character_a_cell_and_a_password_is_not_told()
    {
        using PdfDocument comb = PdfDocument.Open(await SignAsync("/FT/Tx/Ff 16777216/MaxLen 10/V(12)"));
        var locator = new TextLocator(comb);
        Assert.InRange(Assert.Single(locator.Find("1")).UserSpace.Left, 106, 108);
        Assert.InRange(Assert.Single(locator.Find("2")).UserSpace.Left, 126, 128);
        using PdfDocument password = PdfDocument.Open(await SignAsync("/FT/Tx/Ff 8192/V(secret)"));
        Assert.Empty(new TextLocator(password).Find("secret"));
        Assert.Single(new TextLocator(password).Find("******"));
    }

    [Theory]
    [InlineData("/Q 1", 189, 191)]
    [InlineData("/Q 2", 276, 279)]
    [InlineData("/MK<</R 90>>", 190, 198)]
    public async Task Text_stands_as_aligned_and_turned(string look, double leftFrom, double leftTo)
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync("/FT/Tx/V(Alice)" + look));
        Assert.InRange(Assert.Single(new TextLocator(document).Find("Alice")).UserSpace.Left, leftFrom, leftTo);
    }

    [Fact]
    public async Task Background_border_and_ink_are_those_of_the_field()
    {
        using PdfDocument document = PdfDocument.Open(await SignAsync("/FT/Tx/V(Alice)/DA(1 0 0 rg /Helv 0 Tf)/MK<</BG[0.5]/BC[0 0 1]>>/BS<</W 2>>"));
        string content = Content(document);
        Assert.StartsWith("0.5 g\n0 0 200 20 re\nf\n0 0 1 RG\n2 w\n1 1 198 18 re\nS\n/Tx BMC\n", content, StringComparison.Ordinal);
        Assert.Contains("BT\n1 0 0 rg\n/F ", content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/FT/Tx/Ff 4096/V 30 0 R", 48, 30_000, 'a')]
    [InlineData("/FT/Tx/V 30 0 R", 48, 30_000, '\u0001')] // nothing of which is shown
    [InlineData("/FT/Tx/V 31 0 R", 600, 1, 'a')] // a stream, decoded each time
    [InlineData("/FT/Btn/Ff 65536/MK<</CA 30 0 R>>", 1000, 30_000, 'a')]
    public async Task A_form_with_more_to_draw_than_any_has_is_refused(string field, int fields, int length, char character)
    {
        int[] numbers = [.. Enumerable.Range(40, fields)];
        TestPdf form = TestPdf.WithPages(catalog: $"/AcroForm<</Fields[{string.Join(' ', numbers.Select(number => $"{number} 0 R"))}]/NeedAppearances true>>")
            .Object(30, $"({new string(character, length)})")
            .Stream(31, "", "text");
        foreach (int number in numbers)
        {
            form.Object(number, $"<</Type/Annot/Subtype/Widget/T(name)/Rect[100 700 300 720]{field}>>");
        }

        byte[] original = form.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => SignatureTrapTests.SignAsync(original));
        Assert.Equal(SigningRefusal.FieldsNotDrawn, refused.Code);
    }

    [Fact]
    public async Task The_value_of_several_buttons_is_the_state_of_those_only_that_know_it()
    {
        byte[] form = TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R]/NeedAppearances true>>", page: "/Annots[31 0 R 32 0 R]")
            .Object(30, "<</FT/Btn/Ff 32768/T(choice)/V/A/Kids[31 0 R 32 0 R]>>")
            .Object(31, "<</Type/Annot/Subtype/Widget/Parent 30 0 R/F 4/Rect[100 700 120 720]/AP<</N<</A 33 0 R>>>>>>")
            .Object(32, "<</Type/Annot/Subtype/Widget/Parent 30 0 R/F 4/Rect[130 700 150 720]/AP<</N<</B 33 0 R>>>>>>")
            .Stream(33, "/Type/XObject/Subtype/Form/BBox[0 0 20 20]", "")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();

        using PdfDocument document = PdfDocument.Open(await SignatureTrapTests.SignAsync(form));
        Assert.Equal(["B"], StatesOf(document, 32));
        Assert.Equal(["A"], StatesOf(document, 31));
    }

    [Fact]
    public async Task A_plan_draws_the_fields_before_anybody_signs()
    {
        var plan = new SigningPlan { Parties = [new SigningParty { Name = "甲方" }] };
        using var output = new MemoryStream();
        await plan.WriteAsync(new MemoryStream(Form("/FT/Tx/V(Alice)")), output, TestContext.Current.CancellationToken);
        using PdfDocument document = PdfDocument.Open(output.ToArray());
        Assert.Single(new TextLocator(document).Find("Alice"));
        Assert.False(document.AcroForm.Dictionary!.ContainsKey("NeedAppearances"));
    }

    private static Task<byte[]> SignAsync(string field) => SignatureTrapTests.SignAsync(Form(field));

    /// <summary>A form with a field under test and another one, both without appearances unless the field brings one.</summary>
    private static byte[] Form(string field) =>
        TestPdf.WithPages(catalog: $"/AcroForm<</Fields[31 0 R 33 0 R]/NeedAppearances true{Resources}>>", page: "/Annots[31 0 R 33 0 R]")
            .Object(30, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
            .Object(31, "<</Type/Annot/Subtype/Widget/T(name)/F 4" + (field.Contains("/Rect", StringComparison.Ordinal) ? "" : "/Rect[100 700 300 720]") + field + ">>")
            .Stream(32, "/Type/XObject/Subtype/Form/BBox[0 0 200 20]", "")
            .Object(33, "<</Type/Annot/Subtype/Widget/FT/Tx/T(other)/F 4/Rect[100 500 300 520]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();

    private static PdfStream Drawn(PdfDocument document) =>
        (PdfStream)document.Resolve(((PdfDictionary)document.Resolve(document.AcroForm.Fields.Single(field => field.Name == "name").Dictionary["AP"]))["N"]);

    private static IEnumerable<string> StatesOf(PdfDocument document, int widget) =>
        ((PdfDictionary)((PdfDictionary)((PdfDictionary)document.Resolve(new PdfReference(widget)))["AP"]!)["N"]!).Select(state => state.Key);

    private static PdfObject? Font(PdfDocument document) =>
        ((PdfDictionary)((PdfDictionary)Drawn(document).Dictionary["Resources"]!)["Font"]!)["F"];

    private static string Content(PdfDocument document) => Encoding.Latin1.GetString(document.Decode(Drawn(document)).Span);

    private static string Utf16(string text) => "<FEFF" + Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text)) + ">";
}
