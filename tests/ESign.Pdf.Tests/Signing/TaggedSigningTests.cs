using System.Text;
using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pdf.Tests.Verification;
using ESign.Pdf.Verification;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Tagged documents stay tagged: what signing adds is in the structure tree (ISO 14289-1 §7.18, ISO 32000-2 §14.7).</summary>
public sealed class TaggedSigningTests
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));

    /// <summary>Where a tree keeps its kids and its numbers: each is found in real files.</summary>
    public static TheoryData<string, string> Trees => new()
    {
        { "<</Type/StructTreeRoot/K 21 0 R/ParentTree 22 0 R/ParentTreeNextKey 1>>", "<</Nums[0[23 0 R]]>>" },
        { "<</Type/StructTreeRoot/K[21 0 R]/ParentTree 22 0 R>>", "<</Nums 24 0 R>>" },
        { "<</Type/StructTreeRoot/K[21 0 R]/ParentTree 22 0 R/ParentTreeNextKey 0>>", "<</Kids[25 0 R]>>" },
        { "<</Type/StructTreeRoot/K[21 0 R]/ParentTree<</Nums[0[23 0 R]]>>>>", "null" },
        { "<</Type/StructTreeRoot/RoleMap<</Story/Document>>/K 26 0 R>>", "null" },
        { "<</Type/StructTreeRoot/K 27 0 R>>", "null" },
        { "<</Type/StructTreeRoot>>", "null" },
    };

    [Theory]
    [MemberData(nameof(Trees))]
    public async Task Each_new_widget_stands_in_a_form_element(string tree, string numbers)
    {
        byte[] signed = await SignatureTrapTests.SignAsync(Tagged(tree, numbers), new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 100, 100)),
            Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right))],
        });
        Assert.Empty(TaggedStructure.Faults(signed));
        using PdfDocument document = PdfDocument.Open(signed);
        FormField field = document.AcroForm.Fields.Single(field => field.Name == "Signature1");
        (string role, string words) = TaggedStructure.ElementOf(document, field.Dictionary);
        Assert.Equal("Form", role);
        Assert.Equal("深圳示例科技有限公司 公章", words);
        Assert.Equal(words, ((PdfString)field.Dictionary["Contents"]!).ToText());
    }

    [Fact]
    public async Task A_tree_written_into_the_catalog_becomes_an_object_of_its_own()
    {
        byte[] original = TestPdf.WithPages(catalog: "/MarkInfo<</Marked true>>/StructTreeRoot<</Type/StructTreeRoot>>").ToBytes();
        Assert.Empty(TaggedStructure.Faults(await SignatureTrapTests.SignAsync(original, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 100, 100)) })));
    }

    [Fact]
    public async Task An_existing_field_that_the_tree_does_not_know_is_entered_when_it_is_signed()
    {
        byte[] original = TestPdf.WithPages(catalog: "/StructTreeRoot 20 0 R/AcroForm<</Fields[30 0 R]>>", page: "/Annots[30 0 R]")
            .Object(20, "<</Type/StructTreeRoot>>")
            .Object(30, "<</Type/Annot/Subtype/Widget/FT/Sig/T(here)/TU(Sign here)/Rect[100 100 219 143]/P 10 0 R/F 4>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions { FieldName = "here", Seal = Official.Place(SealPlacement.InField("here")) });
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Equal(("Form", "Sign here"), TaggedStructure.ElementOf(document, document.AcroForm.Fields.Single().Dictionary));
    }

    [Fact]
    public async Task The_second_signature_leaves_the_structure_alone_and_the_first_stays_valid()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] first = await fixture.SignAsync(Tagged(), options: new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 100, 100)) });
        byte[] second = await fixture.SignAsync(first, fixture.LTA, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 300, 300)), FieldName = "second" });
        VerificationResult result = await fixture.VerifyAsync(second);
        Assert.All(result.Signatures, signature => Assert.Equal(Pki.Validation.Indication.Passed, signature.Indication));
        using PdfDocument before = PdfDocument.Open(first);
        using PdfDocument after = PdfDocument.Open(second);
        Assert.Equal(before.Resolve(before.Catalog["StructTreeRoot"]), after.Resolve(after.Catalog["StructTreeRoot"]));
        Assert.Equal(["the widget second has no way to its element"], TaggedStructure.Faults(second));
        using var folder = new TemporaryFolder();
        // pdfsig does not check document timestamps.
        Assert.All(Witness.PdfSig(folder.Write("second.pdf", second)).Take(2), entry => Assert.True(entry.IsValid, entry.Text));
    }

    [Fact]
    public async Task What_shows_nothing_on_a_signed_page_stands_outside_of_it()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] first = await SignatureTrapTests.SignAsync(Tagged());
        byte[] second = await SignatureTrapTests.SignAsync(first, new SignatureOptions { FieldName = "second", Level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)) });
        Assert.Empty(TaggedStructure.Faults(second));
    }

    [Fact]
    public async Task In_a_plan_every_field_and_all_that_is_printed_is_tagged_and_every_signature_stays_valid()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        var plan = new SigningPlan
        {
            Parties =
            [
                new SigningParty { Name = "甲方", Seal = Official.Place(SealPlacement.At(1, 100, 100)), Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right))] },
                new SigningParty { Name = "乙方", Seal = Official.Place(SealPlacement.At(1, 300, 100)) },
            ],
            FillControls =
            [
                FillControl.Text(SealPlacement.At(1, 60, 300, 200, 20), "合同金额：壹万元整"),
                FillControl.CheckBox(SealPlacement.At(1, 60, 330, 14, 14), true),
                FillControl.Watermark("样本"),
            ],
            Marks = [Official.Place(SealPlacement.At(2, 100, 100))],
        };
        byte[] planned = await PlanAsync(plan, Tagged());
        Assert.Empty(TaggedStructure.Faults(planned));
        byte[] first = await fixture.SignAsync(planned, options: plan.OptionsFor("甲方"));
        byte[] second = await fixture.SignAsync(first, options: plan.OptionsFor("乙方"));
        Assert.Empty(TaggedStructure.Faults(second));
        Assert.All((await fixture.VerifyAsync(second)).Signatures, signature => Assert.Equal(Pki.Validation.Indication.Passed, signature.Indication));

        using PdfDocument document = PdfDocument.Open(planned);
        Assert.Equal(["P", "Figure", "Artifact"], MarkedIn(document, 1));
        Assert.Equal(["Artifact", "Figure"], MarkedIn(document, 2));
        using var folder = new TemporaryFolder();
        string file = folder.Write("planned.pdf", planned);
        Assert.Contains("合同金额：壹万元整", Tool.Run("pdftotext", file, "-").Output, StringComparison.Ordinal);
        Assert.Empty(Witness.QpdfComplaints(file));
        // pdfinfo reads the tree on its own: the text is found through the structure.
        Assert.Contains("合同金额：壹万元整", Tool.Run("pdfinfo", "-struct-text", file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untagged_plan_has_no_marked_content()
    {
        byte[] planned = await PlanAsync(new SigningPlan { Parties = [], FillControls = [FillControl.Text(SealPlacement.At(1, 60, 300, 200, 20), "甲方")] }, TestPdf.WithPages().ToBytes());
        using PdfDocument document = PdfDocument.Open(planned);
        Assert.Empty(MarkedIn(document, 1));
    }

    [Fact]
    public async Task Tagged_files_of_the_corpus_get_no_new_fault()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        int tagged = 0;
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray().Where(record => record.GetProperty("category").GetString() == "to-sign"))
        {
            byte[] original = await File.ReadAllBytesAsync(SharedData.Require("corpus", record.GetProperty("file").GetString()!));
            if (!IsTagged(original))
            {
                continue;
            }

            // Widgets that were there before may be missing from the tree or stand on pages without /Tabs: not ours to mend.
            string[] before = [.. TaggedStructure.Faults(original)];
            byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 0, 0, 40, 40)) });
            Assert.Empty(TaggedStructure.Faults(signed).Except(before));
            tagged++;
        }

        Assert.True(tagged >= 5, $"{tagged} tagged files");
    }

    private static bool IsTagged(byte[] pdf)
    {
        try
        {
            using PdfDocument document = PdfDocument.Open(pdf);
            return !document.IsEncrypted && document.Catalog["StructTreeRoot"] is PdfReference && !document.WasRepaired && !document.SignatureFields.Any(field => field.IsSigned);
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    private static IEnumerable<string> MarkedIn(PdfDocument document, int page)
    {
        var resources = (PdfDictionary)document.Resolve(document.GetPage(page).Inherited("Resources"));
        var form = (PdfStream)document.Resolve(((PdfDictionary)document.Resolve(resources["XObject"]))["ESign1"]);
        return Encoding.Latin1.GetString(document.Decode(form).Span).Split('\n').Where(line => line.EndsWith(" BDC", StringComparison.Ordinal)).Select(line => line[1..line.IndexOf(' ', StringComparison.Ordinal)]);
    }

    private static async Task<byte[]> PlanAsync(SigningPlan plan, byte[] original)
    {
        var output = new MemoryStream();
        await plan.WriteAsync(new MemoryStream(original), output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private static byte[] Tagged(string tree = "<</Type/StructTreeRoot/K 21 0 R/ParentTree 22 0 R/ParentTreeNextKey 1>>", string numbers = "<</Nums[0[23 0 R]]>>") =>
        TestPdf.WithPages(pages: 2, catalog: "/MarkInfo<</Marked true>>/Lang(zh)/StructTreeRoot 20 0 R")
            .Object(20, tree)
            .Object(21, "<</Type/StructElem/S/Document/P 20 0 R/K 23 0 R>>")
            .Object(22, numbers)
            .Object(23, "<</Type/StructElem/S/P/P 21 0 R/Pg 10 0 R/K 0>>")
            .Object(24, "[0[23 0 R]]")
            .Object(25, "<</Limits[0 0]/Nums[0[23 0 R]]>>")
            .Object(26, "<</Type/StructElem/S/Story/P 20 0 R/K[]>>")
            .Object(27, "<</Type/StructElem/S/Sect/P 20 0 R>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
}
