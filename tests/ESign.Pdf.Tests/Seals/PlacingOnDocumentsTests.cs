using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Placing;
using ESign.Pdf.Signing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>Placing on a real document: its keywords and fields.</summary>
public sealed class PlacingOnDocumentsTests
{
    [Fact]
    public void A_seal_stands_beside_a_keyword_of_the_document()
    {
        using PdfDocument document = PdfDocument.Open(Contract());
        Seal seal = Seal.Draw(SealDesign.Official("示例公司"));
        ResolvedPlacement control = Assert.Single(new PlacementResolver(new DocumentPlaces(document)).Resolve(
            seal.Place(SealPlacement.AtKeyword("乙方（盖章）", KeywordMatch.Last, Relative.Right, dx: 10))));
        Assert.Equal(2, control.Page);

        // The text was set at x 61, 12 points high, six characters wide, in the middle of y 300 to 320.
        Assert.InRange(control.Displayed.X, 61 + 72 + 10 - 2, 61 + 72 + 10 + 2);
        Assert.InRange(control.Displayed.Y + (119 / 2d), 306, 314);
    }

    [Fact]
    public void A_field_is_found_on_the_page_that_lists_its_widget()
    {
        using PdfDocument document = PdfDocument.Open(Contract());
        var pages = new DocumentPlaces(document);
        Assert.Equal(new FieldPlace(2, new PdfRectangle(100, 100, 219, 143)), pages.FindField("乙方.签名"));
        Assert.Null(pages.FindField("丙方"));
        Assert.Empty(pages.Signed());
    }

    [Fact]
    public async Task A_plan_prints_fill_controls_as_text()
    {
        using var planned = new MemoryStream();
        var plan = new SigningPlan
        {
            Parties = [],
            FillControls = [FillControl.Text(SealPlacement.AtKeyword("乙方（盖章）", KeywordMatch.All, Relative.Right, dx: 20), "深圳示例科技有限公司"), FillControl.Watermark("样本")],
        };
        await plan.WriteAsync(new MemoryStream(Contract()), planned);
        using PdfDocument document = PdfDocument.Open(planned.ToArray());
        Assert.Equal([1, 2], new DocumentPlaces(document).FindKeyword("深圳示例科技有限公司", wholeWord: false, page: null).Select(k => k.Page));
        Assert.Equal(2, new DocumentPlaces(document).FindKeyword("乙方（盖章）", wholeWord: false, page: null).Count);
        Assert.All(RenderedPage.Render(planned.ToArray()), page => Assert.NotNull(page.InkBox()));
    }

    private static byte[] Contract()
    {
        using var stream = new MemoryStream();
        using var writer = new DocumentWriter(stream);
        IReadOnlyList<PageOverlay> overlays = FillLayer.Write(writer, FakePages.OfA4(2),
            [FillControl.Text(SealPlacement.OnPages(PageSelection.All, 60, 300, 200, 20), "乙方（盖章）：")]);
        PdfReference root = writer.Reserve();
        PdfReference parent = writer.Reserve();
        PdfReference field = writer.Add(new PdfDictionary(
            ("Type", new PdfName("Annot")),
            ("Subtype", new PdfName("Widget")),
            ("FT", new PdfName("Sig")),
            ("T", PdfString.Text("签名")),
            ("Parent", parent),
            ("Rect", new PdfArray(100, 100, 219, 143))));
        writer.Set(parent, new PdfDictionary(("T", PdfString.Text("乙方")), ("Kids", new PdfArray(field))));
        var kids = new List<PdfObject>();
        foreach (PageOverlay overlay in overlays)
        {
            kids.Add(writer.Add(new PdfDictionary(
                ("Type", new PdfName("Page")),
                ("Parent", root),
                ("MediaBox", PdfArray.Of(FakePages.A4.Box)),
                ("Annots", overlay.Page == 2 ? new PdfArray(field) : PdfArray.Empty),
                ("Resources", new PdfDictionary(("XObject", new PdfDictionary(("O", overlay.Form))))),
                ("Contents", writer.Add(new ContentBuilder().Draw("O").ToStream(PdfDictionary.Empty))))));
        }

        writer.Set(root, new PdfDictionary(("Type", new PdfName("Pages")), ("Kids", new PdfArray(kids)), ("Count", 2)));
        writer.Finish(new PdfDictionary(("Root", writer.Add(new PdfDictionary(
            ("Type", new PdfName("Catalog")),
            ("Pages", root),
            ("AcroForm", new PdfDictionary(("Fields", new PdfArray(parent)))))))));
        return stream.ToArray();
    }
}
