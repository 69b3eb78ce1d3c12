using ESign.Pdf.Document;
using ESign.Pdf.LongTerm;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pdf.Tests.Signing;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>What ESign itself writes after a signature leaves it valid; what others do to its seals does not.</summary>
public class OwnSignaturesTests
{
    private static readonly Seal SealA = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
    private static readonly Seal SealB = Seal.Draw(SealDesign.Contract("杭州样本软件有限公司", "3301000000002"));

    private static readonly SigningPlan Plan = new()
    {
        Parties =
        [
            new SigningParty { Name = "甲方", Seal = SealA.Place(SealPlacement.At(3, 80, 500)), Stamps = [SealA.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 100))] },
            new SigningParty { Name = "乙方", Seal = SealB.Place(SealPlacement.At(3, 300, 500)), Stamps = [SealB.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 400))] },
        ],
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_parties_of_a_plan_leave_each_other_valid(bool certified)
    {
        byte[] document = await SignedByBothAsync(certified);

        Assert.All(Judge(document), verdict => Assert.True(verdict.Permitted, string.Join('\n', verdict.Findings)));
        Assert.Equal(ModificationLevel.FormFilling, Judge(document)[0].Level);
    }

    [Fact]
    public async Task Without_a_plan_a_second_party_leaves_the_first_valid()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] document = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.Pages(3), new SignatureOptions { FieldName = "A", Seal = SealA.Place(SealPlacement.At(1, 100, 100)), Stamps = [SealA.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 100))] });
        document = await SigningPlanTests.SignAsync(pki.Enterprise, document, new SignatureOptions { FieldName = "B", Seal = SealB.Place(SealPlacement.At(1, 300, 100)), Stamps = [SealB.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 400))] });

        ModificationVerdict first = Judge(document)[0];
        Assert.True(first.Permitted, string.Join('\n', first.Findings));
        Assert.All(first.Findings.Where(finding => finding.Rule == "signature-field-added"), finding => Assert.NotNull(finding.Page));
    }

    [Theory]
    [InlineData(CertificationLevel.NoChanges)]
    [InlineData(CertificationLevel.FormFilling)]
    public async Task Archiving_leaves_the_strictest_certification_valid(CertificationLevel certification)
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] document = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Certification = certification });
        for (int i = 0; i < 2; i++)
        {
            var archived = new MemoryStream();
            await new PdfExtender(PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki))).ExtendAsync(new MemoryStream(document), archived);
            document = archived.ToArray();
        }

        IReadOnlyList<ModificationVerdict> verdicts = Judge(document);
        Assert.All(verdicts, verdict => Assert.True(verdict.Permitted, string.Join('\n', verdict.Findings)));
        Assert.Equal(ModificationLevel.LongTermData, verdicts[0].Level);
    }

    [Fact]
    public async Task Nobody_else_repaints_a_strip_of_a_cross_page_seal()
    {
        byte[] document = await SignedByBothAsync(certified: false);
        using PdfDocument opened = PdfDocument.Open(document);
        FormField strip = opened.AcroForm.Fields.First(field => field.FieldType == "Tx");
        var update = new IncrementalUpdate(opened);
        PdfReference forged = update.Add(new PdfStream(new PdfDictionary(("Type", new PdfName("XObject")), ("Subtype", new PdfName("Form")), ("BBox", new PdfArray(0, 0, 9, 9))), "0 0 9 9 re f"u8.ToArray()));
        update.Set(strip.Reference!, strip.Dictionary.With("AP", new PdfDictionary(("N", forged))));
        var output = new MemoryStream();
        await update.WriteAsync(output);

        IReadOnlyList<ModificationVerdict> verdicts = Judge(output.ToArray());

        ModificationFinding finding = verdicts[0].Findings.First(finding => !finding.Permitted);
        Assert.Contains(strip.Name, finding.Message, StringComparison.Ordinal);
        Assert.Equal(1, finding.Page);
        Assert.False(verdicts[0].Permitted);
    }

    private static async Task<byte[]> SignedByBothAsync(bool certified)
    {
        TestPki pki = await TestPki.SharedAsync();
        var planned = new MemoryStream();
        await Plan.WriteAsync(new MemoryStream(TestDocuments.Pages(3)), planned);
        byte[] document = planned.ToArray();
        if (certified)
        {
            document = await SigningPlanTests.SignAsync(pki.Enterprise, document, new SignatureOptions { FieldName = "Platform", Certification = CertificationLevel.FormFilling });
        }

        document = await SigningPlanTests.SignAsync(pki.Enterprise, document, Plan.OptionsFor("甲方"));
        return await SigningPlanTests.SignAsync(pki.Enterprise, document, Plan.OptionsFor("乙方"));
    }

    private static IReadOnlyList<ModificationVerdict> Judge(byte[] file)
    {
        using PdfDocument document = PdfDocument.Open(file);
        var history = new DocumentHistory(document);
        IReadOnlyList<SignatureUnderTest> signatures = new SignatureFinder(document, history).Find();
        var analyzer = new ModificationAnalyzer(document, history, signatures);
        return [.. signatures.Select(analyzer.After)];
    }
}
