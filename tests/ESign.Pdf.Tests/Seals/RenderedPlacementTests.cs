using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;
using ESign.Testing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>What a reader shows, within one pixel of what was asked for.</summary>
public sealed class RenderedPlacementTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(180)]
    [InlineData(270)]
    public void A_control_is_shown_where_it_was_asked_to_be(int rotation)
    {
        var geometry = new PageGeometry(new PdfRectangle(-30, 20, 565, 862), rotation, 1);
        var control = new ResolvedPlacement(1, new DisplayedRectangle(300, 410, 119, 43), geometry, RenderedPage.RedBox(119, 43));
        RenderedPage page = RenderedPage.Render(RenderedPage.Document([geometry], [control]))[0];
        Assert.Equal(((int)geometry.DisplayedWidth, (int)geometry.DisplayedHeight), (page.Width, page.Height));
        AssertNear((300, 410, 419, 453), page.InkBox()!.Value);
    }

    /// <summary>All page geometries of the corpus in one document, a control on each.</summary>
    [Fact]
    public void Every_geometry_of_the_corpus_shows_its_control_within_one_pixel()
    {
        using JsonDocument positions = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "positions.json")));
        PageGeometry[] geometries = [.. positions.RootElement.GetProperty("documents").EnumerateArray()
            .SelectMany(d => d.GetProperty("pages").EnumerateArray())
            .Select(p => PageGeometry.Create(Box(p.GetProperty("MediaBox")) ?? default, Box(p.GetProperty("CropBox")), p.GetProperty("Rotate").GetInt64(), 1))
            .Distinct()];
        ResolvedPlacement[] controls = [.. geometries.Select((g, i) => new ResolvedPlacement(
            i + 1, new DisplayedRectangle(Math.Floor(g.DisplayedWidth * 0.6), Math.Floor(g.DisplayedHeight * 0.3), 47, 31), g, RenderedPage.RedBox(47, 31)))];
        List<RenderedPage> pages = RenderedPage.Render(RenderedPage.Document(geometries, controls));
        Assert.True(geometries.Length >= 10, $"only {geometries.Length} geometries");
        for (int i = 0; i < geometries.Length; i++)
        {
            DisplayedRectangle asked = controls[i].Displayed;
            AssertNear(((int)asked.X, (int)asked.Y, (int)asked.Right, (int)asked.Bottom), pages[i].InkBox()!.Value);
        }

        static PdfRectangle? Box(JsonElement array)
        {
            if (array.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            double[] n = [.. array.EnumerateArray().Select(e => e.GetDouble())];
            return new PdfRectangle(n[0], n[1], n[2], n[3]);
        }
    }

    /// <summary>The box of the platform's published sample: an image of ratio 3:1 in 100 × 100 is shown 33.3 high in the middle.</summary>
    [Fact]
    public void A_seal_is_scaled_to_fit_with_its_ratio_kept_and_centred()
    {
        var control = new ResolvedPlacement(1, new DisplayedRectangle(160, 260, 100, 100), FakePages.A4, RenderedPage.RedBox(300, 100));
        AssertNear((160, 293, 260, 327), RenderedPage.Render(RenderedPage.Document([FakePages.A4], [control]))[0].InkBox()!.Value);
    }

    [Fact]
    public void A_seal_keeps_its_upright_direction_on_turned_pages()
    {
        Seal seal = Seal.Draw(SealDesign.Official("示例公司", "4403000000001"));
        PageGeometry[] geometries = [.. new[] { 0, 90, 180, 270 }.Select(r => new PageGeometry(new PdfRectangle(0, 0, 300, 300), r, 1))];
        var resolver = new PlacementResolver(new FakePages(geometries));
        IReadOnlyList<ResolvedPlacement> controls = resolver.Resolve(seal.Place(SealPlacement.OnPages(PageSelection.All, 50, 60)));
        List<RenderedPage> pages = RenderedPage.Render(RenderedPage.Document(geometries, controls));
        for (int i = 1; i < 4; i++)
        {
            Assert.True(Difference(pages[0], pages[i]) < 0.01, $"/Rotate {geometries[i].Rotation} shows another picture");
        }
    }

    private static double Difference(RenderedPage a, RenderedPage b)
    {
        int different = 0;
        for (int y = 0; y < a.Height; y++)
        {
            for (int x = 0; x < a.Width; x++)
            {
                different += Math.Abs(a[x, y].Green - b[x, y].Green) > 128 ? 1 : 0;
            }
        }

        return (double)different / (119 * 119);
    }

    private static void AssertNear((int Left, int Top, int Right, int Bottom) expected, (int Left, int Top, int Right, int Bottom) actual)
    {
        Assert.InRange(actual.Left, expected.Left - 1, expected.Left + 1);
        Assert.InRange(actual.Top, expected.Top - 1, expected.Top + 1);
        Assert.InRange(actual.Right, expected.Right - 1, expected.Right + 1);
        Assert.InRange(actual.Bottom, expected.Bottom - 1, expected.Bottom + 1);
    }
}
