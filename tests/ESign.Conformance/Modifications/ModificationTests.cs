using System.Globalization;
using System.Text;
using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing;

namespace ESign.Conformance.Modifications;

/// <summary>What was done to the signed files of the corpus after signing: no valid file is accused, and no attack on the structure gets through.</summary>
public class ModificationTests(ITestOutputHelper output)
{
    /// <summary>Attacks on the cryptography or on timestamps: nothing was appended that could be told from what is allowed.</summary>
    private static readonly string[] NotStructural = ["cms-wrap", "tampered-bytes", "timestamp-replay", "infinite-loop-signed", "annotation-overlay"];

    /// <summary>Files that the corpus calls valid, and where something that is not allowed was done all the same.</summary>
    private static readonly Dictionary<string, string> Divergences = new(StringComparer.Ordinal)
    {
        ["signed/dss__DSS1376-rev_n.pdf"] = "certified with P=2, and a signature field that was not there was added later; the upstream test looks at the recovered original only, and pyHanko refuses it too",
        ["signed/dss__test-with-vri.pdf"] = "a FieldMDP with /Action /All locks every field, and a text field was filled in later; the upstream test looks at /TU only, and pyHanko refuses it too",
        ["signed/pdfium__signature_no_sub_filter.pdf"] = "malformed: no /ByteRange that covers anything",
    };

    [Fact]
    public void Valid_files_are_not_accused_and_attacks_are_named()
    {
        string corpus = SharedData.Require("corpus");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(corpus, "manifest.json")));
        var table = new StringBuilder();
        var wrong = new List<string>();
        int files = 0;
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            string category = record.GetProperty("category").GetString()!;
            if (category is not ("signed" or "attacks"))
            {
                continue;
            }

            files++;
            string file = record.GetProperty("file").GetString()!;
            string kind = record.GetProperty("subcategory").GetString()!;
            Row row = Judge(Path.Combine(corpus, file));
            string expectation = category == "signed" && !Divergences.ContainsKey(file) ? "permitted" : category == "attacks" && !NotStructural.Contains(kind) ? "refused" : "any";
            bool agrees = expectation switch
            {
                "permitted" => row.AllPermitted,
                "refused" => !row.AllPermitted,
                _ => true,
            };
            string line = string.Create(CultureInfo.InvariantCulture, $"{(agrees ? "  " : "✗ ")}{file} [{kind}] expected {expectation}: {row.Text}{(Divergences.TryGetValue(file, out string? why) ? " · " + why : "")}");
            table.AppendLine(line);
            if (!agrees)
            {
                wrong.Add(line);
            }
        }

        output.WriteLine(table.ToString());
        Assert.True(files > 130, $"only {files} files");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("attacks/dss__modified_after_signature.pdf", "page-content-changed")]
    [InlineData("attacks/laravel-a1__certified-then-modified.pdf", "page-changed")]
    [InlineData("attacks/itext-dotnet__fieldLockChildModificationNotAllowed.pdf", "field-filled")]
    [InlineData("attacks/itext-dotnet__removedLockedField.pdf", "field-removed")]
    [InlineData("attacks/mkl-pdfbox2__isa_A.pdf", "trailing-bytes")]
    [InlineData("attacks/mkl-pdfbox2__isa_C.pdf", "page-content-changed")]
    [InlineData("attacks/dss__replace.pdf", "value-not-shown")]
    [InlineData("attacks/dss__annotation-and-visible-change.pdf", "signature-appearance-changed")]
    [InlineData("attacks/dss__pades-spoofing-replaced-reason.pdf", "signature-changed")]
    [InlineData("attacks/dss__pdf-spoofing-attack.pdf", "signature-removed")]
    [InlineData("attacks/pyhanko__form-update-override-appearance-stream-sneaky.pdf", "catalog-changed")]
    [InlineData("attacks/mkl-pdfbox2__siwa_A.pdf", "object-in-signature-gap")]
    [InlineData("attacks/mkl-pdfbox2__siwa_B.pdf", "object-in-signature-gap")]
    [InlineData("attacks/pyhanko__signature-gap-too-big.pdf", "signed-revision-unknown")]
    public void Each_attack_is_named(string file, string rule)
    {
        string path = SharedData.Require(["corpus", .. file.Split('/')]);

        Assert.Contains(Verdicts(path).SelectMany(verdict => verdict.Findings), finding => finding.Rule == rule && !finding.Permitted);
    }

    [Fact]
    public void Annotations_that_came_with_later_signatures_are_reported()
    {
        // The upstream verdict: intact, and changed after signing.
        IReadOnlyList<ModificationVerdict> verdicts = Verdicts(SharedData.Require("corpus", "attacks", "dss__pades-multiple-pages-annots-overlap.pdf"));

        Assert.Equal(ModificationLevel.FormFilling, verdicts[0].Level);
        Assert.Contains(verdicts[0].Findings, finding => finding.Rule == "signature-field-added");
    }

    private static Row Judge(string path)
    {
        try
        {
            IReadOnlyList<ModificationVerdict> verdicts = Verdicts(path);
            string text = string.Join("; ", verdicts.Select(verdict => $"{verdict.Level}{(verdict.Permitted ? "" : " refused: " + string.Join(", ", verdict.Findings.Where(finding => !finding.Permitted).Select(finding => finding.Rule).Distinct()))}"));
            return new Row(verdicts.All(verdict => verdict.Permitted), text);
        }
        catch (Pdf.PdfFormatException e)
        {
            return new Row(false, "unreadable: " + e.Code);
        }
    }

    private static IReadOnlyList<ModificationVerdict> Verdicts(string path)
    {
        using PdfDocument document = PdfDocument.Open(File.ReadAllBytes(path));
        var history = new DocumentHistory(document);
        IReadOnlyList<SignatureUnderTest> signatures = new SignatureFinder(document, history).Find();
        var analyzer = new ModificationAnalyzer(document, history, signatures);
        return [.. signatures.Select(analyzer.After)];
    }

    private sealed record Row(bool AllPermitted, string Text);
}
