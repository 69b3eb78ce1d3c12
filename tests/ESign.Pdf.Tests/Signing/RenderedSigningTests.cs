using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Seals;
using ESign.Testing;

namespace ESign.Pdf.Tests.Signing;

/// <summary>What a reader shows of a signed document: every seal within one pixel of where it was asked for, and nothing else changed.</summary>
public sealed class RenderedSigningTests
{
    private static readonly Seal Box = Seal.Draw(SealDesign.Official("深圳示例科技有限公司")).With(RenderedPage.RedBox(47, 31));
    private static readonly string[] Geometries = ["pos-rotate", "pos-cropbox", "pos-boxes", "pos-inherit", "pos-userunit", "geometry-notext"];

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public async Task Trap28_seals_and_strips_stand_where_asked_on_turned_pages_with_a_negative_origin_and_a_crop_box(int rotation)
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = TestDocuments.Pages(2, (_, page) => page
            .With("MediaBox", new PdfArray(-30, 20, 565, 862))
            .With("CropBox", new PdfArray(-10, 40, 545, 842))
            .With("Rotate", rotation));
        var plan = new SigningPlan { Parties = [new SigningParty { Name = "甲方", Seal = Box.Place(SealPlacement.At(2, 200, 410, 94, 62)), Stamps = [Box.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 50, width: 94, height: 62))] }] };
        var planned = new MemoryStream();
        await plan.WriteAsync(new MemoryStream(original), planned);
        byte[] signed = await SigningPlanTests.SignAsync(pki.Enterprise, planned.ToArray(), plan.OptionsFor("甲方"));
        byte[] again = await SigningPlanTests.SignAsync(pki.Enterprise, signed, new SignatureOptions { Seal = Box.Place(SealPlacement.At(1, 20, 300, 47, 31)) });

        List<RenderedPage> before = RenderedPage.Render(original);
        Assert.All(RenderedPage.Render(planned.ToArray()).Zip(before), pages => Assert.Null(pages.First.ChangeBox(pages.Second)));
        List<RenderedPage> after = RenderedPage.Render(signed);
        (int width, int height) = rotation % 180 == 0 ? (555, 802) : (802, 555);
        Assert.Equal((width, height), (after[0].Width, after[0].Height));
        AssertNear((width - 47, 50, width, 112), after[0].ChangeBox(before[0]));
        AssertNear((200, 50, width, 472), after[1].ChangeBox(before[1]));
        AssertNear((20, 300, 67, 331), RenderedPage.Render(again)[0].ChangeBox(after[0]));
    }

    [Fact]
    public async Task Files_with_odd_page_geometry_show_the_seal_where_it_was_asked_for()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        TestPki pki = await TestPki.SharedAsync();
        int shown = 0;
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            if (record.GetProperty("category").GetString() != "to-sign" || !Geometries.Contains(record.GetProperty("subcategory").GetString()))
            {
                continue;
            }

            byte[] original = await File.ReadAllBytesAsync(SharedData.Require("corpus", record.GetProperty("file").GetString()!));
            PageGeometry geometry;
            using (PdfDocument document = PdfDocument.Open(original))
            {
                geometry = document.GetPage(1).Geometry;
            }

            double size = Math.Min(geometry.DisplayedWidth, geometry.DisplayedHeight) * 0.2;
            var asked = new DisplayedRectangle(geometry.DisplayedWidth * 0.55, geometry.DisplayedHeight * 0.3, size * 47 / 31, size);
            byte[] signed = await SigningPlanTests.SignAsync(pki.Enterprise, original, new SignatureOptions { Seal = Box.Place(SealPlacement.At(1, asked.X, asked.Y, asked.Width, asked.Height)) });
            RenderedPage before = RenderedPage.Render(original, mayComplain: true)[0];
            RenderedPage after = RenderedPage.Render(signed, mayComplain: true)[0];
            double scale = after.Width / geometry.DisplayedWidth;
            AssertNear(
                ((int)Math.Round(asked.X * scale), (int)Math.Round(asked.Y * scale), (int)Math.Round(asked.Right * scale), (int)Math.Round(asked.Bottom * scale)),
                after.ChangeBox(before),
                record.GetProperty("file").GetString()!);
            shown++;
        }

        Assert.True(shown >= 5, $"only {shown} files");
    }

    private static void AssertNear((int Left, int Top, int Right, int Bottom) asked, (int Left, int Top, int Right, int Bottom)? seen, string file = "")
    {
        Assert.True(
            seen is { } box && Math.Abs(box.Left - asked.Left) <= 1 && Math.Abs(box.Top - asked.Top) <= 1 && Math.Abs(box.Right - asked.Right) <= 1 && Math.Abs(box.Bottom - asked.Bottom) <= 1,
            $"{file}: asked {asked}, seen {seen}");
    }
}
