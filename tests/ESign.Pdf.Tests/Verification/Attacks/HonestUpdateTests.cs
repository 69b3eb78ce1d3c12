using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Attacks;

/// <summary>The other direction: what other programs append in good faith is not accused, under every certification that allows it.</summary>
public class HonestUpdateTests
{
    private const string FillIn = """
        var doc = new PDFDocument(scriptArgs[0]);
        doc.loadPage(0).getWidgets().forEach(function (w) {
            if (w.getFieldType() == "text" && !(w.getFieldFlags() & 1)) w.setTextValue("2000");
            if (w.getFieldType() == "checkbox") w.toggle();
            w.update();
        });
        doc.save(scriptArgs[1], "incremental");
        """;

    private const string Comment = """
        var doc = new PDFDocument(scriptArgs[0]);
        var page = doc.loadPage(0);
        function add(type, set) { var a = page.createAnnotation(type); set(a); a.update(); }
        add("Text", function (a) { a.setRect([400, 20, 420, 40]); a.setContents("note"); });
        ["Highlight", "Underline", "StrikeOut", "Squiggly"].forEach(function (type) {
            add(type, function (a) { a.setQuadPoints([[72, 130, 160, 130, 72, 145, 160, 145]]); a.setColor([1, 1, 0]); });
        });
        add("Ink", function (a) { a.setInkList([[400, 300, 420, 320]]); a.setColor([1, 0, 0]); });
        add("Square", function (a) { a.setRect([60, 110, 300, 160]); a.setColor([1, 0, 0]); });
        doc.save(scriptArgs[1], "incremental");
        """;

    [Theory]
    [InlineData(null, XrefStyle.Table)]
    [InlineData(2, XrefStyle.Stream)]
    [InlineData(3, XrefStyle.Hybrid)]
    public async Task Forms_filled_in_by_MuPDF_stay_valid(int? certification, XrefStyle style)
    {
        Victim victim = await Victim.CreateAsync(certification, style);
        VerificationResult? result = await victim.VerifyAsync(Run(victim.Signed, FillIn));
        Assert.True(result is { Verdict: DocumentVerdict.Valid }, LevelTests.Explain(result!));
        Assert.Equal(ModificationLevel.FormFilling, result.Signatures[0].Modifications!.Level);
    }

    [Fact]
    public async Task Comments_by_MuPDF_stay_valid_where_comments_are_allowed()
    {
        Victim victim = await Victim.CreateAsync(certification: 3);
        VerificationResult? result = await victim.VerifyAsync(Run(victim.Signed, Comment));
        Assert.True(result is { Verdict: DocumentVerdict.Valid }, LevelTests.Explain(result!));
        Assert.Equal(ModificationLevel.Annotations, result.Signatures[0].Modifications!.Level);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public async Task Comments_by_MuPDF_are_named_where_they_are_not_allowed(int? certification)
    {
        Victim victim = await Victim.CreateAsync(certification);
        VerificationResult? result = await victim.VerifyAsync(Run(victim.Signed, Comment));
        Assert.Contains(result!.Signatures[0].Modifications!.Findings, finding => finding is { Rule: "annotation-changed", Permitted: false });
    }

    /// <summary>Of an option's two names some writers show the one it is stored under; where a list stands is said with the choice (table 234).</summary>
    [Theory]
    [InlineData("dollars", true)]
    [InlineData("USD", true)]
    [InlineData("yuan", false)]
    public async Task A_choice_shows_one_of_its_two_names(string shown, bool isHonest)
    {
        Victim victim = await Victim.CreateAsync(certification: 2);
        byte[] chosen = UpdateAttacks.F(victim)
            .Edit(32, ("V", "(USD)"), ("I", "[1]"), ("TI", "1"), ("AP", "<</N 90 0 R>>"))
            .Stream(90, Victim.FormEntries, $"BT /F1 10 Tf 2 2 Td ({shown}) Tj ET")
            .End();

        VerificationResult? result = await victim.VerifyAsync(chosen);
        Assert.True(result?.Verdict == (isHonest ? DocumentVerdict.Valid : DocumentVerdict.Invalid), LevelTests.Explain(result!));
    }

    /// <summary>Poppler does not find a form that stands in the catalog itself: it puts its signature on the page and not into the form.</summary>
    [Fact]
    public void A_signature_that_stands_on_a_page_and_not_in_the_form_is_found_and_allowed()
    {
        Modifications.SignedFile file = Modifications.SignedFile.Create().Update(pdf => pdf
            .Object(10, Modifications.SignedFile.Page.Replace("38 0 R]", "38 0 R 50 0 R]", StringComparison.Ordinal))
            .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(C)/F 132/Rect[0 0 0 0]/P 10 0 R/V 51 0 R>>")
            .Object(51, Modifications.SignedFile.Signature()));

        Assert.True(file.Judge("A").Permitted, string.Join('\n', file.Judge("A").Findings));
        Assert.Contains(file.Judge("A").Findings, finding => finding.Rule == "signature-field-added");
        Assert.Equal(ModificationLevel.None, file.Judge("C").Level);
    }

    [Fact]
    public void A_signature_that_stands_on_a_page_and_not_in_the_form_is_guarded_like_any_other()
    {
        Modifications.SignedFile file = Modifications.SignedFile.Create(more: pdf => pdf
            .Object(10, Modifications.SignedFile.Page.Replace("38 0 R]", "38 0 R 50 0 R]", StringComparison.Ordinal))
            .Object(50, "<</Type/Annot/Subtype/Widget/FT/Sig/T(C)/F 132/Rect[0 0 0 0]/P 10 0 R/V 51 0 R>>")
            .Object(51, Modifications.SignedFile.Signature("/Reason(agreed)")));
        string signature = Modifications.SignedFile.Signature("/Reason(refused)");

        Assert.Contains(file.Update(pdf => pdf.Object(51, signature)).Judge("A").Findings, finding => finding is { Rule: "signature-changed", Permitted: false });
    }

    private static byte[] Run(byte[] file, string script)
    {
        Tool.Require("mutool");
        using var folder = new TemporaryFolder();
        Tool result = Tool.Run("mutool", "run", folder.Write("script.js", System.Text.Encoding.UTF8.GetBytes(script)), folder.Write("in.pdf", file), folder.PathTo("out.pdf"));
        Assert.True(result.ExitCode == 0, result.ToString());
        return File.ReadAllBytes(folder.PathTo("out.pdf"));
    }
}
