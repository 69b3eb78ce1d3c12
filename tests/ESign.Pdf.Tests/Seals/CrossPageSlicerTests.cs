using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Placing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>骑缝章: strips along an edge that show the whole seal when the pages are laid side by side.</summary>
public sealed class CrossPageSlicerTests
{
    private static readonly Seal Stamp = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));

    [Fact]
    public void Each_strip_is_a_share_of_the_seal_against_the_edge_centred_along_it()
    {
        IReadOnlyList<ResolvedPlacement> strips = Slice(FakePages.OfA4(4), SealPlacement.AcrossPages());
        Assert.Equal([1, 2, 3, 4], strips.Select(s => s.Page));
        Assert.All(strips, s => Assert.Equal((29.75, 119d, 595d, 361.5), (Round(s.Displayed.Width), Round(s.Displayed.Height), Round(s.Displayed.Right), Round(s.Displayed.Y))));
    }

    [Theory]
    [InlineData(PageEdge.Right, 565.25, 50, 29.75, 119)]
    [InlineData(PageEdge.Left, 0, 50, 29.75, 119)]
    [InlineData(PageEdge.Top, 50, 0, 119, 29.75)]
    [InlineData(PageEdge.Bottom, 50, 812.25, 119, 29.75)]
    public void All_four_edges_can_be_used(PageEdge edge, double x, double y, double width, double height)
    {
        DisplayedRectangle strip = Slice(FakePages.OfA4(4), SealPlacement.AcrossPages(edge, position: 50))[0].Displayed;
        Assert.Equal((x, y, width, height), (Round(strip.X), Round(strip.Y), Round(strip.Width), Round(strip.Height)));
    }

    [Theory]
    [InlineData(10, null, "10")]
    [InlineData(10, 4, "4 4 2")]
    [InlineData(9, 4, "4 5")]
    [InlineData(8, 4, "4 4")]
    [InlineData(5, 4, "5")]
    [InlineData(3, 2, "3")]
    public void The_seal_repeats_beyond_the_limit_and_a_single_remaining_page_joins_the_last_group(int pages, int? limit, string expected) =>
        Assert.Equal(expected, string.Join(' ', CrossPageSlicer.Groups(pages, limit).Select(g => g.Count)));

    [Theory]
    [InlineData(1)]
    public void One_page_is_refused(int pages)
    {
        SealPlacementException error = Assert.Throws<SealPlacementException>(() => Slice(FakePages.OfA4(pages), SealPlacement.AcrossPages()));
        Assert.Equal(SealPlacementError.TooFewPages, error.Code);
    }

    [Fact]
    public void A_position_beyond_the_edge_is_refused()
    {
        SealPlacementException error = Assert.Throws<SealPlacementException>(() => Slice(FakePages.OfA4(2), SealPlacement.AcrossPages(position: 800)));
        Assert.Equal(SealPlacementError.YOutOfRange, error.Code);
    }

    [Fact]
    public void The_seal_is_written_once_for_all_strips()
    {
        var sink = new CountingSink();
        foreach (ResolvedPlacement strip in Slice(FakePages.OfA4(10), SealPlacement.AcrossPages()))
        {
            strip.ToWidgetAppearance().WithoutTransparency().Write(sink);
        }

        Assert.Equal(1 + 10, sink.Count); // the seal, and for each page a strip, which fills its widget
    }

    [Theory]
    [InlineData(PageEdge.Right)]
    [InlineData(PageEdge.Left)]
    [InlineData(PageEdge.Top)]
    [InlineData(PageEdge.Bottom)]
    public void Strips_of_pages_of_mixed_sizes_and_rotations_join_to_the_whole_seal(PageEdge edge)
    {
        // 120 points over 4 pages: strips of whole pixels at 144 dpi.
        PageGeometry[] geometries =
        [
            new(new PdfRectangle(0, 0, 300, 400), 0, 1),
            new(new PdfRectangle(10, -20, 410, 280), 90, 1),
            new(new PdfRectangle(-50, 5, 350, 405), 180, 1),
            new(new PdfRectangle(0, 0, 500, 320), 270, 1),
        ];
        var placed = Stamp.Place(SealPlacement.AcrossPages(edge, position: 40, width: 120, height: 120));
        IReadOnlyList<ResolvedPlacement> strips = new PlacementResolver(new FakePages(geometries)).Resolve(placed);
        List<RenderedPage> pages = RenderedPage.Render(RenderedPage.Document(geometries, strips), dotsPerInch: 144);
        RenderedPage whole = RenderedPage.Render(RenderedPage.Document(
            [FakePages.A4], [new ResolvedPlacement(1, new DisplayedRectangle(0, 0, 120, 120), FakePages.A4, Stamp.Appearance)]), dotsPerInch: 144)[0];

        int different = 0;
        for (int y = 0; y < 240; y++)
        {
            for (int x = 0; x < 240; x++)
            {
                bool upright = edge is PageEdge.Left or PageEdge.Right;
                RenderedPage page = pages[(upright ? x : y) / 60];
                int across = (upright ? x : y) % 60;
                (int px, int py) = edge switch
                {
                    PageEdge.Left => (across, 80 + y),
                    PageEdge.Right => (page.Width - 60 + across, 80 + y),
                    PageEdge.Top => (80 + x, across),
                    _ => (80 + x, page.Height - 60 + across),
                };
                different += Math.Abs(page[px, py].Green - whole[x, y].Green) > 96 ? 1 : 0;
            }
        }

        Assert.True(different < 60, $"{different} of 57600 pixels differ from the whole seal");
    }

    private static IReadOnlyList<ResolvedPlacement> Slice(FakePages pages, SealPlacement placement) => new PlacementResolver(pages).Resolve(Stamp.Place(placement));

    private static double Round(double value) => Math.Round(value, 6);

    private sealed class CountingSink : IObjectSink
    {
        public int Count { get; private set; }

        public PdfReference Reserve() => new(++Count);

        public PdfReference Add(PdfObject value) => Reserve();

        public void Set(PdfReference reference, PdfObject value)
        {
        }
    }
}
