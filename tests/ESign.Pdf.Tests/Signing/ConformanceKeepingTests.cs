using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>What a document claims to conform to stays true: PDF/A-1 (ISO 19005-1), PDF/A-2 and later, tagged PDF and PDF/UA (ISO 14289-1).</summary>
public sealed class ConformanceKeepingTests
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001") with { Opacity = 0.8 });

    [Theory]
    [InlineData("1", false)]
    [InlineData("2", true)]
    public async Task Trap30_PDF_A_1_gets_no_transparency_and_no_extension(string part, bool mayBeTransparent)
    {
        string metadata = $"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><pdfaid:part>{part}</pdfaid:part></x:xmpmeta>";
        byte[] original = TestPdf.WithPages(pages: 2, catalog: "/Metadata 30 0 R/OutputIntents[31 0 R]")
            .Stream(30, "/Type/Metadata/Subtype/XML", metadata).Object(31, "<</Type/OutputIntent/S/GTS_PDFA1>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        TestPki pki = await TestPki.SharedAsync();
        byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 100, 100)),
            Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right))],
            Level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)),
        });
        string appended = OutsideStreams(signed.AsSpan(original.Length));
        Assert.Equal(mayBeTransparent, appended.Contains("/ca", StringComparison.Ordinal) || appended.Contains("/CA", StringComparison.Ordinal));
        Assert.Equal(mayBeTransparent, appended.Contains("/ESIC", StringComparison.Ordinal));
        Assert.DoesNotContain("/SMask", appended, StringComparison.Ordinal);
        using PdfDocument document = PdfDocument.Open(signed);
        Assert.Equal(part[0], DocumentConformance.PdfAPart(document));
        Assert.Equal(new PdfReference(31), ((PdfArray)document.Catalog["OutputIntents"]!)[0]);
    }

    [Fact]
    public async Task Every_widget_says_in_words_what_it_is()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] signed = await SignatureTrapTests.SignAsync(Tagged(), new SignatureOptions
        {
            Seal = Official.Place(SealPlacement.At(1, 100, 100)),
            Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right))],
        });
        byte[] second = await SignatureTrapTests.SignAsync(signed, new SignatureOptions
        {
            FieldName = "second",
            Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Left))],
            Level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)),
        });
        using PdfDocument document = PdfDocument.Open(second);
        FormField[] fields = [.. document.AcroForm.Fields.Where(field => field.Widgets.Count > 0)];
        Assert.Equal(7, fields.Length);
        Assert.All(fields, field => Assert.NotEmpty(((PdfString)document.Resolve(field.Dictionary["TU"])).ToText()));
        Assert.Contains("深圳示例科技有限公司", ((PdfString)fields.Single(field => field.Name == "Signature1").Dictionary["TU"]!).ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tagged_pages_are_walked_in_the_order_of_the_structure_from_the_first_signature_on_and_never_changed_later()
    {
        byte[] original = Tagged();
        byte[] first = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 100, 100)) });
        byte[] second = await SignatureTrapTests.SignAsync(first, new SignatureOptions { Seal = Official.Place(SealPlacement.At(2, 100, 100)) });
        Assert.Equal(["S", "none"], Tabs(first));
        Assert.Equal(["S", "none"], Tabs(second));
        byte[] plain = await SignatureTrapTests.SignAsync(TestPdf.WithPages().ToBytes());
        Assert.Equal(["none"], Tabs(plain));
        byte[] kept = await SignatureTrapTests.SignAsync(Tagged("/Tabs/R"), new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 100, 100)) });
        Assert.Equal(["R", "R"], Tabs(kept));
    }

    [Fact]
    public async Task Archive_and_accessible_files_of_the_corpus_keep_what_they_claim()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        int files = 0;
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray().Where(record => record.GetProperty("subcategory").GetString() == "pdfa"))
        {
            byte[] original = await File.ReadAllBytesAsync(SharedData.Require("corpus", record.GetProperty("file").GetString()!));
            byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 100, 100)) });
            using PdfDocument before = PdfDocument.Open(original);
            using PdfDocument after = PdfDocument.Open(signed);
            Assert.Equal(DocumentConformance.PdfAPart(before), DocumentConformance.PdfAPart(after));
            foreach (string key in (string[])["Metadata", "OutputIntents", "MarkInfo", "StructTreeRoot", "Lang", "ViewerPreferences"])
            {
                Assert.Equal(before.Catalog[key], after.Catalog[key]);
            }

            Assert.Equal(!DocumentConformance.ForbidsTransparency(before), OutsideStreams(signed.AsSpan(original.Length)).Contains("/ca", StringComparison.Ordinal));
            files++;
        }

        Assert.True(files > 0);
    }

    private static byte[] Tagged(string page = "") => TestPdf.WithPages(pages: 2, catalog: "/MarkInfo<</Marked true>>/StructTreeRoot<</Type/StructTreeRoot>>", page: page).ToBytes();

    private static string[] Tabs(byte[] pdf)
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        return [.. Enumerable.Range(1, document.PageCount).Select(number => (document.GetPage(number).Dictionary["Tabs"] as PdfName)?.Value ?? "none")];
    }

    // Among the compressed bytes of a stream a short name is found now and then.
    private static string OutsideStreams(ReadOnlySpan<byte> pdf) => Regex.Replace(Encoding.Latin1.GetString(pdf), @"\bstream\r?\n.*?endstream", "", RegexOptions.Singleline);
}
