using System.Text;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>What no signature allows: one row per rule that names it. The base is certified for annotations, the widest there is.</summary>
public class RefusedChangeTests
{
    private static readonly Dictionary<string, Action<TestPdf>> Updates = new(StringComparer.Ordinal)
    {
        ["content overwritten"] = pdf => pdf.Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 9000 yuan) Tj ET"),
        ["content replaced"] = pdf => pdf.Object(10, SignedFile.Page.Replace("12 0 R", "50 0 R", StringComparison.Ordinal)).Stream(50, "", "BT ET"),
        ["content added"] = pdf => pdf.Object(10, SignedFile.Page.Replace("12 0 R", "[12 0 R 50 0 R]", StringComparison.Ordinal)).Stream(50, "", "0 0 600 800 re f"),
        ["font swapped"] = pdf => pdf.Object(13, SignedFile.Font.Replace("Helvetica", "Symbol", StringComparison.Ordinal)),
        ["resources replaced"] = pdf => pdf.Object(10, SignedFile.Page.Replace("/F1 13 0 R", "/F1 50 0 R", StringComparison.Ordinal)).Object(50, "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"),
        ["page rotated"] = pdf => pdf.Object(10, SignedFile.Page[..^2] + "/Rotate 180>>"),
        ["page cropped by what it inherits"] = pdf => pdf.Object(2, "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]/CropBox[0 0 100 100]>>"),
        ["page removed"] = pdf => pdf.Object(2, "<</Type/Pages/Count 1/Kids[10 0 R]>>"),
        ["pages swapped"] = pdf => pdf.Object(2, "<</Type/Pages/Count 2/Kids[11 0 R 10 0 R]>>"),
        ["page added"] = pdf => pdf.Object(2, "<</Type/Pages/Count 3/Kids[10 0 R 11 0 R 50 0 R]>>").Object(50, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"),
        ["signature replaced"] = pdf => pdf.Object(20, Signed("/V 50 0 R/AP<</N 23 0 R>>")).Object(50, SignedFile.Signature()),
        ["signature taken out of its field"] = pdf => pdf.Object(20, Signed("/AP<</N 23 0 R>>")),
        ["signature field removed"] = pdf => pdf.Object(4, SignedFile.Form.Replace("20 0 R ", "", StringComparison.Ordinal)),
        ["seal moved"] = pdf => pdf.Object(20, Signed("/V 21 0 R/AP<</N 23 0 R>>").Replace("[100 100 200 150]", "[100 600 200 650]", StringComparison.Ordinal)),
        ["seal swapped"] = pdf => pdf.Object(20, Signed("/V 21 0 R/AP<</N 50 0 R>>")).Stream(50, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["seal overwritten"] = pdf => pdf.Stream(23, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (Signed by Z) Tj ET"),
        ["seal hidden"] = pdf => pdf.Object(20, Signed("/V 21 0 R/AP<</N 23 0 R>>").Replace("/F 132", "/F 134", StringComparison.Ordinal)),
        ["old signature shown in another field"] = pdf => pdf.Object(22, SignedFile.Waiting[..^2] + "/V 21 0 R>>"),
        ["field removed"] = pdf => pdf.Object(4, SignedFile.Form.Replace("30 0 R ", "", StringComparison.Ordinal)),
        ["field moved"] = pdf => pdf.Object(30, SignedFile.Amount.Replace("[300 600 400 620]", "[300 700 400 720]", StringComparison.Ordinal)),
        ["field redefined"] = pdf => pdf.Object(30, SignedFile.Amount[..^2] + "/MK<</BG[0 0 0]>>>>"),
        ["field given an action"] = pdf => pdf.Object(30, SignedFile.Amount[..^2] + "/AA<</E<</S/JavaScript/JS(x)>>>>>>"),
        ["field renamed"] = pdf => pdf.Object(30, SignedFile.Amount.Replace("(amount)", "(sum)", StringComparison.Ordinal)),
        ["text field added"] = pdf => pdf.Object(4, Form("50 0 R")).Object(10, Page("50 0 R")).Object(50, SignedFile.Amount.Replace("(amount)", "(more)", StringComparison.Ordinal)),
        ["twin of a field added"] = pdf => pdf.Object(4, Form(SignedFile.Amount)).Object(10, Page(SignedFile.Amount)),
        ["widget of no field added"] = pdf => pdf.Object(10, Page("50 0 R")).Object(50, SignedFile.Amount.Replace("(amount)", "(more)", StringComparison.Ordinal)),
        ["widget taken from its page"] = pdf => pdf.Object(10, SignedFile.Page.Replace(" 30 0 R", "", StringComparison.Ordinal)),
        ["widget put on another page"] = pdf => pdf.Object(11, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 13 0 R>>>>/Contents 12 0 R/Annots[36 0 R 30 0 R]>>"),
        ["annotations drawn in another order"] = pdf => pdf.Object(10, SignedFile.Page.Replace("20 0 R 22 0 R", "22 0 R 20 0 R", StringComparison.Ordinal)),
        ["link added"] = pdf => pdf.Object(10, Page("50 0 R")).Object(50, "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://x)>>>>"),
        ["waiting signature field with a picture added"] = pdf => pdf
            .Object(4, Form("50 0 R")).Object(10, Page("50 0 R"))
            .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(C)/F 132/Rect[60 690 200 720]/P 10 0 R/AP<</N 51 0 R>>>>").Stream(51, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["stamp over text"] = pdf => pdf.Object(10, Page("50 0 R")).Object(50, "<</Type/Annot/Subtype/Stamp/Rect[60 690 200 720]/AP<</N 51 0 R>>>>").Stream(51, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["free text over a field"] = pdf => pdf.Object(10, Page("50 0 R")).Object(50, "<</Type/Annot/Subtype/FreeText/Rect[300 600 400 620]/Contents(9)>>"),
        ["highlight with a picture over text"] = pdf => pdf.Object(10, Page("50 0 R")).Object(50, "<</Type/Annot/Subtype/Highlight/Rect[60 690 200 720]/AP<</N 51 0 R>>>>").Stream(51, SignedFile.FormEntries, "BT /F1 9 Tf (9000) Tj ET"),
        ["hidden appearance shown"] = pdf => pdf.Object(30, SignedFile.Amount.Replace("34 0 R", "14 0 R", StringComparison.Ordinal).Replace("1000", "9000", StringComparison.Ordinal)),
        ["value not shown"] = pdf => pdf.Object(30, SignedFile.Amount.Replace("1000", "9000", StringComparison.Ordinal)),
        ["appearance against the value"] = pdf => pdf.Stream(34, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (9000) Tj ET"),
        ["action on opening"] = pdf => pdf.Object(1, SignedFile.Catalog.Replace("10 0 R/Fit", "11 0 R/Fit", StringComparison.Ordinal)),
        ["attachments"] = pdf => pdf.Object(1, SignedFile.Catalog[..^2] + "/Names<</EmbeddedFiles<</Names[]>>>>>>"),
        ["optional content"] = pdf => pdf.Object(1, SignedFile.Catalog[..^2] + "/OCProperties<</OCGs[]>>>>"),
        ["certification withdrawn"] = pdf => pdf.Object(1, SignedFile.Catalog[..^2] + "/Perms<</DocMDP 50 0 R>>>>").Object(50, SignedFile.Signature()),
        ["form calculates"] = pdf => pdf.Object(4, SignedFile.Form[..^2] + "/CO[30 0 R]>>"),
        ["signatures no longer flagged"] = pdf => pdf.Object(4, SignedFile.Form.Replace("SigFlags 3", "SigFlags 1", StringComparison.Ordinal)),
        ["validation data is a page"] = pdf => pdf.Object(1, SignedFile.Catalog[..^2] + "/DSS 10 0 R>>"),
        ["validation data under a key that is none"] = pdf => pdf.Object(1, SignedFile.Catalog[..^2] + "/DSS<</Certs[]/Private 11 0 R>>>>"),
    };

    [Theory]
    [InlineData("content overwritten", "page-content-changed")]
    [InlineData("content replaced", "page-content-changed")]
    [InlineData("content added", "page-content-changed")]
    [InlineData("font swapped", "page-resources-changed")]
    [InlineData("resources replaced", "page-resources-changed")]
    [InlineData("page rotated", "page-changed")]
    [InlineData("page cropped by what it inherits", "page-changed")]
    [InlineData("page removed", "page-tree-changed")]
    [InlineData("pages swapped", "widget-removed")]
    [InlineData("page added", "page-tree-changed")]
    [InlineData("signature replaced", "signature-changed")]
    [InlineData("signature taken out of its field", "signature-changed")]
    [InlineData("signature field removed", "signature-removed")]
    [InlineData("seal moved", "widget-moved")]
    [InlineData("seal swapped", "signature-appearance-changed")]
    [InlineData("seal overwritten", "signature-appearance-changed")]
    [InlineData("seal hidden", "signature-appearance-changed")]
    [InlineData("old signature shown in another field", "signature-copied")]
    [InlineData("field removed", "field-removed")]
    [InlineData("field moved", "widget-moved")]
    [InlineData("field redefined", "field-redefined")]
    [InlineData("field given an action", "field-redefined")]
    [InlineData("field renamed", "field-redefined")]
    [InlineData("text field added", "field-added")]
    [InlineData("twin of a field added", "field-added")]
    [InlineData("widget of no field added", "annotation-refused")]
    [InlineData("widget taken from its page", "widget-removed")]
    [InlineData("widget put on another page", "widget-added")]
    [InlineData("annotations drawn in another order", "annotations-reordered")]
    [InlineData("link added", "annotation-refused")]
    [InlineData("waiting signature field with a picture added", "field-added")]
    [InlineData("stamp over text", "annotation-over-content")]
    [InlineData("free text over a field", "annotation-over-content")]
    [InlineData("highlight with a picture over text", "annotation-over-content")]
    [InlineData("hidden appearance shown", "hidden-object-shown")]
    [InlineData("value not shown", "value-not-shown")]
    [InlineData("appearance against the value", "value-not-shown")]
    [InlineData("action on opening", "catalog-changed")]
    [InlineData("attachments", "catalog-changed")]
    [InlineData("optional content", "catalog-changed")]
    [InlineData("certification withdrawn", "catalog-changed")]
    [InlineData("form calculates", "form-changed")]
    [InlineData("signatures no longer flagged", "form-changed")]
    [InlineData("validation data is a page", "catalog-changed")]
    [InlineData("validation data under a key that is none", "catalog-changed")]
    public void It_is_refused_and_named(string update, string rule)
    {
        ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.DocMdp(3)).Update(Updates[update]).Judge();

        Assert.False(verdict.Permitted);
        Assert.Equal(ModificationLevel.Other, verdict.Level);
        ModificationFinding finding = verdict.Findings.First(finding => finding.Rule == rule);
        Assert.False(finding.Permitted);
        Assert.NotEmpty(finding.Citation);
        Assert.Contains(" / ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Reason(agreed)", "/Reason(refused)")]
    [InlineData("/Reason(agreed)", "/Reason(agreed)/Name(Z)")]
    [InlineData("/Reason(agreed)", "")]
    [InlineData("/ETSI.CAdES.detached", "/adbe.pkcs7.detached")]
    [InlineData("/P 3", "/P 1")]
    public void The_signature_dictionary_stays_as_signed(string was, string becomes)
    {
        SignedFile file = SignedFile.Create(signature: SignedFile.DocMdp(3));
        string text = Encoding.Latin1.GetString(file.ToBytes());
        int from = text.IndexOf("21 0 obj\n", StringComparison.Ordinal) + 9;
        string signature = text[from..text.IndexOf("\nendobj", from, StringComparison.Ordinal)];

        ModificationVerdict verdict = file.Update(pdf => pdf.Object(21, signature.Replace(was, becomes, StringComparison.Ordinal))).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "signature-changed", Permitted: false });
    }

    [Fact]
    public void Undoing_a_change_does_not_make_it_undone()
    {
        ModificationVerdict verdict = SignedFile.Create()
            .Update(Updates["content overwritten"])
            .Update(pdf => pdf.Stream(12, "", "BT /F1 12 Tf 72 700 Td (Pay 1000 yuan) Tj ET"))
            .Judge();

        Assert.False(verdict.Permitted);
        Assert.Equal(1, verdict.Findings.First(finding => finding.Rule == "page-content-changed").Page);
    }

    [Fact]
    public void A_field_that_nobody_signed_shows_no_seal()
    {
        ModificationVerdict verdict = SignedFile.Create()
            .Update(pdf => pdf.Object(22, SignedFile.Waiting[..^2] + "/AP<</N 50 0 R>>>>").Stream(50, SignedFile.FormEntries, "0 0 9 9 re f"))
            .Judge();

        Assert.Equal("seal-without-signature", Assert.Single(verdict.Findings, finding => !finding.Permitted).Rule);
    }

    [Fact]
    public void Signing_a_field_does_not_make_another_kind_of_object_of_it()
    {
        ModificationVerdict verdict = SignedFile.Create()
            .Update(pdf => pdf.Object(22, SignedFile.Waiting.Replace("/Annot", "/Foo", StringComparison.Ordinal)[..^2] + "/V 50 0 R>>").Object(50, SignedFile.Signature()))
            .Judge();

        Assert.Equal("field-redefined", Assert.Single(verdict.Findings, finding => !finding.Permitted).Rule);
    }

    [Fact]
    public void A_waiting_signature_field_outside_of_the_page_shows_nothing()
    {
        ModificationVerdict verdict = SignedFile.Create()
            .Update(pdf => pdf.Object(4, Form("50 0 R")).Object(10, Page("50 0 R"))
                .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(C)/F 132/Rect[-100 690 -50 720]/P 10 0 R/AP<</N 51 0 R>>>>").Stream(51, SignedFile.FormEntries, "0 0 9 9 re f"))
            .Judge();

        Assert.True(verdict.Permitted, string.Join('\n', verdict.Findings));
    }

    [Fact]
    public void A_shared_stream_may_not_be_overwritten_in_the_name_of_a_field()
    {
        // The amount's appearance is page content too.
        SignedFile file = SignedFile.Create(more: pdf => pdf.Object(11, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</X 34 0 R>>>>/Contents 12 0 R/Annots[36 0 R]>>"));

        ModificationVerdict verdict = file.Update(pdf => pdf
            .Object(30, SignedFile.Amount.Replace("1000", "2000", StringComparison.Ordinal)).Stream(34, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (2000) Tj ET")).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "page-resources-changed", Page: 2, Permitted: false });
    }

    [Fact]
    public void A_font_may_not_be_swapped_under_an_appearance_that_stays()
    {
        SignedFile file = SignedFile.Create(more: pdf => pdf.Object(40, SignedFile.Font).Stream(34, SignedFile.FormEntries.Replace("13 0 R", "40 0 R", StringComparison.Ordinal), "BT /F1 10 Tf 2 2 Td (1000) Tj ET"));

        ModificationVerdict verdict = file.Update(pdf => pdf.Object(40, SignedFile.Font.Replace("Helvetica", "Courier", StringComparison.Ordinal))).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "appearance-resource-changed", Permitted: false });
    }

    [Fact]
    public void A_parent_outside_the_page_tree_is_compared_too()
    {
        SignedFile file = SignedFile.Create(more: pdf => pdf
            .Object(10, SignedFile.Page.Replace("/Parent 2 0 R", "/Parent 40 0 R", StringComparison.Ordinal)).Object(40, "<</Type/Pages/MediaBox[0 0 595 842]>>"));

        ModificationVerdict verdict = file.Update(pdf => pdf.Object(40, "<</Type/Pages/MediaBox[0 0 595 842]/Rotate 90>>")).Judge();

        Assert.Contains(verdict.Findings, finding => finding is { Rule: "page-changed", Page: 1, Permitted: false });
    }

    private static string Signed(string entries) => $"<</Type/Annot/Subtype/Widget/FT/Sig/T(A)/F 132/Rect[100 100 200 150]/P 10 0 R{entries}>>";

    private static string Form(string fields) => SignedFile.Form.Replace("33 0 R]", "33 0 R " + fields + "]", StringComparison.Ordinal);

    private static string Page(string annotations) => SignedFile.Page.Replace("38 0 R]", "38 0 R " + annotations + "]", StringComparison.Ordinal);
}
