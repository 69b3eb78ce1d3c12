using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>What the whitelist clears: one row per rule, with the level it is given.</summary>
public class PermittedChangeTests
{
    private static readonly Dictionary<string, Action<TestPdf>> Updates = new(StringComparer.Ordinal)
    {
        ["validation data is added"] = pdf => pdf
            .Object(1, Catalog("/DSS<</Certs[50 0 R]/VRI<</0123456789ABCDEF0123456789ABCDEF01234567<</Cert[50 0 R]>>>>>>")).Stream(50, "", "c"),
        ["a document timestamp is added"] = pdf => pdf
            .Object(4, Form("50 0 R")).Object(10, Page("50 0 R"))
            .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(T)/F 132/Rect[0 0 0 0]/P 10 0 R/V 51 0 R>>")
            .Object(51, SignedFile.Signature(type: "DocTimeStamp", subFilter: "ETSI.RFC3161")),
        ["extensions are declared"] = pdf => pdf.Object(1, Catalog("/Extensions<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>")),
        ["metadata is rewritten"] = pdf => pdf.Stream(5, "/Type/Metadata/Subtype/XML", "<y/>"),
        ["information is rewritten"] = pdf => pdf.Object(6, "<</Title(Contract)/ModDate(D:2026)>>"),
        ["the version is raised"] = pdf => pdf.Object(1, Catalog("/Version/2.0")),
        ["mark information is set"] = pdf => pdf.Object(1, Catalog("/MarkInfo<</Marked true>>")),
        ["usage rights are dropped"] = pdf => pdf.Object(1, Catalog("/Perms<</UR3 21 0 R>>")),
        ["the default appearance is set"] = pdf => pdf.Object(4, SignedFile.Form.Replace("/F1 0 Tf", "/F1 9 Tf", StringComparison.Ordinal)),
        ["readers are to draw fields anew"] = pdf => pdf.Object(4, SignedFile.Form[..^2] + "/NeedAppearances true>>"),
        ["a text field is filled in with a new appearance"] = pdf => pdf
            .Object(30, SignedFile.Amount.Replace("1000", "2000", StringComparison.Ordinal).Replace("34 0 R", "50 0 R", StringComparison.Ordinal))
            .Stream(50, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (2,000.00) Tj ET"),
        ["a text field is filled in, its appearance overwritten"] = pdf => pdf
            .Object(30, SignedFile.Amount.Replace("1000", "2000", StringComparison.Ordinal)).Stream(34, SignedFile.FormEntries, "BT /F1 10 Tf 2 2 Td (2000) Tj ET"),
        ["a waiting field is signed"] = pdf => pdf
            .Object(22, SignedFile.Waiting[..^2] + "/V 50 0 R/AP<</N 51 0 R>>>>").Object(50, SignedFile.Signature()).Stream(51, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["strips are sealed with a signature"] = pdf => pdf
            .Object(22, SignedFile.Waiting[..^2] + "/V 50 0 R>>").Object(50, SignedFile.Signature())
            .Object(35, SignedFile.Strip("p1", 10, "51 0 R")).Object(36, SignedFile.Strip("p2", 11, "51 0 R")).Stream(51, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["a strip is sealed without a signature"] = pdf => pdf
            .Object(35, SignedFile.Strip("p1", 10, "51 0 R")).Stream(51, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["a signature field is added and signed"] = pdf => pdf
            .Object(4, Form("50 0 R")).Object(10, Page("50 0 R"))
            .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(C)/F 132/Rect[300 200 400 250]/P 10 0 R/V 51 0 R/AP<</N 52 0 R>>>>")
            .Object(51, SignedFile.Signature()).Stream(52, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["a signature field with a widget of its own is added and signed"] = pdf => pdf
            .Object(4, Form("50 0 R")).Object(10, Page("53 0 R"))
            .Object(50, "<</FT/Sig/T(C)/Kids 52 0 R/V 51 0 R>>").Object(52, "[53 0 R]")
            .Object(53, "<</Type/Annot/Subtype/Widget/F 132/Parent 50 0 R/Rect[300 200 400 250]/P 10 0 R/AP<</N 54 0 R>>>>")
            .Object(51, SignedFile.Signature()).Stream(54, SignedFile.FormEntries, "0 0 9 9 re f"),
        ["three fields share one new signature"] = pdf => pdf
            .Object(4, Form("50 0 R 51 0 R 52 0 R")).Object(10, Page("50 0 R 51 0 R 52 0 R"))
            .Object(50, Shared("C1")).Object(51, Shared("C2")).Object(52, Shared("C3")).Object(53, SignedFile.Signature()),
        ["the tab order is set"] = pdf => pdf.Object(10, SignedFile.Page[..^2] + "/Tabs/S>>"),
        ["a field is entered in the structure tree"] = pdf => pdf
            .Object(1, Catalog("/StructTreeRoot<</Type/StructTreeRoot/K[<</S/Form>>]>>")).Object(10, SignedFile.Page[..^2] + "/StructParents 1>>"),
    };

    [Theory]
    [InlineData("validation data is added", "long-term-data", ModificationLevel.LongTermData)]
    [InlineData("a document timestamp is added", "document-timestamp", ModificationLevel.LongTermData)]
    [InlineData("extensions are declared", "extensions", ModificationLevel.LongTermData)]
    [InlineData("metadata is rewritten", "metadata", ModificationLevel.LongTermData)]
    [InlineData("information is rewritten", "document-information", ModificationLevel.LongTermData)]
    [InlineData("the version is raised", "version", ModificationLevel.LongTermData)]
    [InlineData("mark information is set", "mark-info", ModificationLevel.LongTermData)]
    [InlineData("usage rights are dropped", "usage-rights", ModificationLevel.LongTermData)]
    [InlineData("the default appearance is set", "form-settings", ModificationLevel.LongTermData)]
    [InlineData("readers are to draw fields anew", "need-appearances", ModificationLevel.FormFilling)]
    [InlineData("a text field is filled in with a new appearance", "field-filled", ModificationLevel.FormFilling)]
    [InlineData("a text field is filled in, its appearance overwritten", "field-filled", ModificationLevel.FormFilling)]
    [InlineData("a waiting field is signed", "signature-added", ModificationLevel.FormFilling)]
    [InlineData("strips are sealed with a signature", "field-filled", ModificationLevel.FormFilling)]
    [InlineData("a strip is sealed without a signature", "seal-without-signature", ModificationLevel.FormFilling)]
    [InlineData("a signature field is added and signed", "signature-field-added", ModificationLevel.FormFilling)]
    [InlineData("a signature field with a widget of its own is added and signed", "signature-field-added", ModificationLevel.FormFilling)]
    [InlineData("three fields share one new signature", "signature-field-added", ModificationLevel.FormFilling)]
    [InlineData("the tab order is set", "tab-order", ModificationLevel.FormFilling)]
    [InlineData("a field is entered in the structure tree", "structure-tree", ModificationLevel.FormFilling)]
    public void An_approval_signature_allows_it(string update, string rule, object level)
    {
        ModificationVerdict verdict = SignedFile.Create().Update(Updates[update]).Judge();

        Assert.True(verdict.Permitted, string.Join('\n', verdict.Findings));
        Assert.Equal(level, verdict.Level);
        Assert.Contains(verdict.Findings, finding => finding.Rule == rule);
        Assert.All(verdict.Findings, finding => Assert.Contains(" / ", finding.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, ModificationLevel.LongTermData)]
    [InlineData(2, ModificationLevel.FormFilling)]
    [InlineData(3, ModificationLevel.FormFilling)]
    public void A_certification_allows_what_its_level_says(int permissions, object most)
    {
        foreach ((string name, Action<TestPdf> update) in Updates)
        {
            ModificationVerdict verdict = SignedFile.Create(signature: SignedFile.DocMdp(permissions)).Update(update).Judge();
            bool addsSignatureField = verdict.Findings.Any(finding => finding.Rule == "signature-field-added");

            Assert.True(verdict.Permitted == (verdict.Level <= (ModificationLevel)most && !(addsSignatureField && permissions < 3)), $"{name}: {verdict}");
        }
    }

    [Theory]
    [InlineData("<</S/Document/P 60 0 R/K[62 0 R 63 0 R]>>", "<</S/P/P 61 0 R>>", true)]
    [InlineData("<</S/Document/P 60 0 R/K[63 0 R 62 0 R]>>", "<</S/P/P 61 0 R>>", false)]
    [InlineData("<</S/Document/P 60 0 R/K[63 0 R]>>", "<</S/P/P 61 0 R>>", false)]
    [InlineData("<</S/Document/P 60 0 R/K[62 0 R 63 0 R]>>", "<</S/P/P 61 0 R/ActualText(x)>>", false)]
    [InlineData("<</S/Document/P 60 0 R/K[62 0 R 63 0 R]/ActualText(x)>>", "<</S/P/P 61 0 R>>", false)]
    public void A_field_may_stand_at_the_end_of_the_outermost_element(string document, string paragraph, bool permitted)
    {
        ModificationVerdict verdict = SignedFile.Create()
            .Update(pdf => pdf.Object(1, Catalog("/StructTreeRoot 60 0 R")).Object(60, "<</K 61 0 R>>").Object(61, "<</S/Document/P 60 0 R/K[62 0 R]>>").Object(62, "<</S/P/P 61 0 R>>"))
            .Update(pdf => pdf.Object(61, document).Object(62, paragraph).Object(63, "<</S/Form/P 61 0 R>>"))
            .Judge();

        Assert.True(verdict.Permitted == permitted, string.Join('\n', verdict.Findings));
    }

    [Fact]
    public void The_newest_revision_has_nothing_after_it()
    {
        ModificationVerdict verdict = SignedFile.Create().Judge();

        Assert.Equal(new ModificationVerdict(ModificationLevel.None, true, []), verdict with { Findings = [] });
        Assert.Empty(verdict.Findings);
    }

    [Fact]
    public void A_finding_names_the_object_the_page_and_the_place()
    {
        ModificationVerdict verdict = SignedFile.Create().Update(Updates["a waiting field is signed"]).Judge();

        ModificationFinding finding = Assert.Single(verdict.Findings, finding => finding.Rule == "signature-added");
        Assert.Contains("(B)", finding.Object, StringComparison.Ordinal);
        Assert.Equal(1, finding.Page);
        Assert.Equal(new PdfRectangle(300, 100, 400, 150), finding.Rectangle);
        Assert.Equal("签署了签名域“B” / The signature field B was signed", finding.Message);
    }

    [Fact]
    public void Validation_data_that_is_written_anew_is_allowed_and_named()
    {
        ModificationVerdict verdict = SignedFile.Create()
            .Update(Updates["validation data is added"])
            .Update(pdf => pdf
                .Object(1, Catalog("/DSS<</Certs[50 0 R]/VRI<</0123456789ABCDEF0123456789ABCDEF01234567<</Cert[50 0 R]/OCSP[51 0 R]>>>>>>")).Stream(51, "", "o"))
            .Judge();

        Assert.True(verdict.Permitted);
        Assert.Contains(verdict.Findings, finding => finding.Rule == "long-term-data-rewritten");
    }

    private static string Catalog(string entries) => SignedFile.Catalog[..^2] + entries + ">>";

    private static string Form(string fields) => SignedFile.Form.Replace("33 0 R]", "33 0 R " + fields + "]", StringComparison.Ordinal);

    private static string Page(string annotations) => SignedFile.Page.Replace("38 0 R]", "38 0 R " + annotations + "]", StringComparison.Ordinal);

    private static string Shared(string name) => $"<</Type/Annot/Subtype/Widget/FT/Sig/T({name})/F 132/Rect[300 200 400 250]/P 10 0 R/V 53 0 R>>";
}
