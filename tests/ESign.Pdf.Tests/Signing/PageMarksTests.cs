using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Seals;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Marks drawn into pages before anyone signs: in their place whatever the page's content left behind.</summary>
public sealed class PageMarksTests
{
    private static readonly Seal Box = Seal.Draw(SealDesign.Official("深圳示例科技有限公司")).With(RenderedPage.RedBox(47, 31));

    [Theory]
    [InlineData("")]
    [InlineData("0.5 0 0 0.5 30 40 cm")]
    [InlineData("q 0.5 0 0 0.5 30 40 cm")]
    [InlineData("0.5 0 0 0.5 30 40 cm q")]
    [InlineData("0.5 0 0 0.5 30 40 cm q q q")]
    [InlineData("q Q Q Q 0.5 0 0 0.5 30 40 cm")]
    [InlineData("q 0 0 10 10 re W n")]
    [InlineData("(q q) pop 0.5 0 0 0.5 30 40 cm % q\n")]
    [InlineData("0.5 0 0 0.5 30 40 cm BI/W 3/H 1/BPC 8/CS/G ID q Q EI q")]
    public async Task Trap29_leaky_graphics_state_does_not_move_marks(string content)
    {
        byte[] original = Page(content).ToBytes();
        RenderedPage before = RenderedPage.Render(original, mayComplain: true)[0];
        RenderedPage after = RenderedPage.Render(await MarkAsync(original), mayComplain: true)[0];
        Assert.True(after.ChangeBox(before) is (>= 199 and <= 201, >= 299 and <= 301, >= 246 and <= 248, >= 330 and <= 332), $"seen {after.ChangeBox(before)}");
    }

    [Theory]
    [InlineData("q 1 0 0 1 0 0 cm Q")]
    [InlineData("q q 1 0 0 1 0 0 cm")]
    [InlineData("Q q")]
    public async Task What_is_written_is_balanced(string content)
    {
        byte[] marked = await MarkAsync(Page(content).ToBytes());
        using PdfDocument document = PdfDocument.Open(marked);
        var contents = (PdfArray)document.Resolve(document.GetPage(1).Dictionary["Contents"]);
        Assert.Equal(new GraphicsStateBalance(1, 1), GraphicsStateBalance.Measure(document, contents));
    }

    [Fact]
    public async Task Resources_shared_with_another_page_and_names_in_use_are_left_alone()
    {
        byte[] original = new TestPdf()
            .Object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .Object(2, "<</Type/Pages/Count 2/Kids[10 0 R 11 0 R]/MediaBox[0 0 595 842]/Resources 5 0 R>>")
            .Object(5, "<</XObject<</ESign1 6 0 R>>/Font<<>>>>")
            .Stream(6, "/Type/XObject/Subtype/Form/BBox[0 0 10 10]", "0 0 1 rg 0 0 10 10 re f")
            .Object(10, "<</Type/Page/Parent 2 0 R/Contents[20 0 R 20 0 R]>>")
            .Object(11, "<</Type/Page/Parent 2 0 R>>")
            .Stream(20, "", "/ESign1 Do")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] marked = await MarkAsync(original);
        Assert.True(marked.AsSpan().StartsWith(original));
        using PdfDocument document = PdfDocument.Open(marked);
        PdfDictionary Objects(int page) => (PdfDictionary)document.Resolve(((PdfDictionary)document.Resolve(document.GetPage(page).Inherited("Resources")))["XObject"]);
        Assert.Equal(["ESign1", "ESign2"], Objects(1).Select(entry => entry.Key));
        Assert.Equal(["ESign1"], Objects(2).Select(entry => entry.Key));
        Assert.Equal(["", "ESign1"], RenderedPage.Render(marked).Select(page => page.InkBox() is null ? "" : "ESign1").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_mark_needs_an_unsigned_document()
    {
        byte[] signed = await SignatureTrapTests.SignAsync(Page("").ToBytes());
        SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => MarkAsync(signed));
        Assert.Equal(SigningRefusal.AlreadySigned, refused.Code);
    }

    private static TestPdf Page(string content) => new TestPdf()
        .Object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .Object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
        .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>")
        .Stream(4, "", content)
        .EndRevision(XrefStyle.Table, "/Root 1 0 R");

    private static async Task<byte[]> MarkAsync(byte[] original)
    {
        var output = new MemoryStream();
        await new SigningPlan { Parties = [], Marks = [Box.Place(SealPlacement.At(1, 200, 300, 47, 31))] }.WriteAsync(new MemoryStream(original), output);
        return output.ToArray();
    }
}
