using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Drawing;
using ESign.Pdf.Seals.Images;
using ESign.Testing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>Fill controls drawn over pages before anyone signs.</summary>
public sealed class FillLayerTests
{
    private static readonly byte[] RedBlue = PngWriter.Write(new RasterImage(2, 1, [255, 0, 0, 0, 0, 255], null));

    [Fact]
    public void Every_kind_of_text_is_extractable_on_every_rotation()
    {
        foreach (int rotation in new[] { 0, 90, 180, 270 })
        {
            string text = Extract(Write(FakePages.A4 with { Rotation = rotation },
            [
                FillControl.Text(At(60), "深圳示例科技有限公司"),
                FillControl.MultiLineText(At(100, 60), "第一行\n第二行"),
                FillControl.Selector(At(200), "选项乙"),
                FillControl.Date(At(240), new DateOnly(2026, 1, 9)),
            ]));
            Assert.Equal(["深圳示例科技有限公司", "第一行", "第二行", "选项乙", "2026年1月9日"], text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public void All_texts_share_one_font()
    {
        byte[] pdf = Write(FakePages.A4, [FillControl.Text(At(60), "甲方"), FillControl.Text(At(90), "乙方"), FillControl.Watermark("样本")]);
        string all = System.Text.Encoding.Latin1.GetString(pdf);
        Assert.Equal(1, all.Split("/FontFile2").Length - 1);
    }

    [Theory]
    [InlineData(false, true, 260, 310)]  // ratio 2:1 kept: 50 high, centred in 100
    [InlineData(false, false, 235, 285)] // at the upper left corner
    [InlineData(true, true, 235, 335)]   // stretched
    public void An_image_fits_its_control_as_asked(bool stretch, bool center, int top, int bottom)
    {
        byte[] pdf = Write(FakePages.A4, [FillControl.Image(SealPlacement.At(1, 50, 235, 100, 100), RedBlue, stretch, center)]);
        (int Left, int Top, int Right, int Bottom) box = RenderedPage.Render(pdf)[0].InkBox()!.Value;
        Assert.InRange(box.Left, 49, 51);
        Assert.InRange(box.Right, 149, 151);
        Assert.InRange(box.Top, top - 1, top + 1);
        Assert.InRange(box.Bottom, bottom - 1, bottom + 1);
    }

    [Fact]
    public void A_tick_is_in_its_box_only_when_checked()
    {
        RenderedPage page = RenderedPage.Render(Write(FakePages.A4,
        [
            FillControl.CheckBox(SealPlacement.At(1, 100, 100, 28, 28), true),
            FillControl.CheckBox(SealPlacement.At(1, 200, 100, 28, 28), false),
        ]))[0];
        Assert.True(Ink(100) > 10, "no tick");
        Assert.Equal(0, Ink(200));

        int Ink(int left) => Enumerable.Range(left + 6, 16).Sum(x => Enumerable.Range(106, 16).Count(y => page.IsInk(x, y)));
    }

    [Theory]
    [InlineData(WatermarkLayout.LeftTop, 0, 0)]
    [InlineData(WatermarkLayout.RightTop, 1, 0)]
    [InlineData(WatermarkLayout.LeftBottom, 0, 1)]
    [InlineData(WatermarkLayout.RightBottom, 1, 1)]
    public void A_single_watermark_stands_in_its_corner(WatermarkLayout layout, int right, int below)
    {
        byte[] pdf = Write(FakePages.A4 with { Rotation = 90 }, [FillControl.Watermark("样本", opacity: 1, layout: layout, format: new TextFormat { FontSize = 24 })]);
        RenderedPage page = RenderedPage.Render(pdf)[0];
        (int left, int top, _, _) = page.InkBox()!.Value;
        Assert.Equal((right, below), (left > page.Width / 2 ? 1 : 0, top > page.Height / 2 ? 1 : 0));
    }

    [Fact]
    public void Without_transparency_a_watermark_is_pale_instead()
    {
        string all = System.Text.Encoding.Latin1.GetString(Write(FakePages.A4, [FillControl.Watermark("样本")], withoutTransparency: true));
        Assert.DoesNotContain("/ca", all, StringComparison.Ordinal);
        Assert.Contains("/ca", System.Text.Encoding.Latin1.GetString(Write(FakePages.A4, [FillControl.Watermark("样本")])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_outside_the_page_is_refused_before_anything_is_written()
    {
        var sink = new RefusingSink();
        Assert.Throws<SealPlacementException>(() => FillLayer.Write(sink, FakePages.OfA4(1), [FillControl.Text(At(60), "甲"), FillControl.Text(At(900), "乙")]));
    }

    [Fact]
    public void What_a_control_cannot_show_is_refused()
    {
        Assert.Throws<ArgumentException>(() => FillControl.Text(At(0), ""));
        Assert.Throws<ArgumentException>(() => FillControl.MultiLineText(At(0), "a\u0007"));
        Assert.Throws<ArgumentOutOfRangeException>(() => FillControl.Watermark("样本", opacity: 0));
        Assert.Throws<SealImageException>(() => FillControl.Image(At(0), new byte[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TextFormat { FontSize = 5 });
    }

    private static SealPlacement At(double y, double height = 20) => SealPlacement.At(1, 60, y, 200, height);

    private static byte[] Write(PageGeometry geometry, IReadOnlyList<FillControl> controls, bool withoutTransparency = false)
    {
        using var stream = new MemoryStream();
        using var writer = new DocumentWriter(stream);
        PageOverlay overlay = Assert.Single(FillLayer.Write(writer, new FakePages(geometry), controls, withoutTransparency: withoutTransparency));
        PdfReference root = writer.Reserve();
        PdfReference page = writer.Add(new PdfDictionary(
            ("Type", new PdfName("Page")),
            ("Parent", root),
            ("MediaBox", PdfArray.Of(geometry.Box)),
            ("Rotate", geometry.Rotation),
            ("Resources", new PdfDictionary(("XObject", new PdfDictionary(("O", overlay.Form))))),
            ("Contents", writer.Add(new ContentBuilder().Draw("O").ToStream(PdfDictionary.Empty)))));
        writer.Set(root, new PdfDictionary(("Type", new PdfName("Pages")), ("Kids", new PdfArray(page)), ("Count", 1)));
        writer.Finish(new PdfDictionary(("Root", writer.Add(new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", root))))));
        return stream.ToArray();
    }

    private static string Extract(byte[] pdf)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, pdf);
            Tool check = Tool.Run("qpdf", "--check", file);
            Assert.True(check.ExitCode == 0, check.Output + check.Error);
            return Tool.Run("pdftotext", file, "-").Output.Replace("\f", "", StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private sealed class RefusingSink : IObjectSink
    {
        public PdfReference Reserve() => throw new InvalidOperationException("written");

        public PdfReference Add(PdfObject value) => throw new InvalidOperationException("written");

        public void Set(PdfReference reference, PdfObject value) => throw new InvalidOperationException("written");
    }
}
