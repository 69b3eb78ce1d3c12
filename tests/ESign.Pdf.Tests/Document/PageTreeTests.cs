using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>ISO 32000-2 §7.7.3: page trees as they should be and as they are.</summary>
public sealed class PageTreeTests
{
    private static PdfDocument Open(params (int Number, string Body)[] objects)
    {
        var pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>");
        foreach ((int number, string body) in objects)
        {
            pdf.Object(number, body);
        }

        return PdfDocument.Open(pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
    }

    private static string Page(int width) => $"<</Type/Page/MediaBox[0 0 {width} 9]>>";

    private static int[] Widths(PdfDocument document) => [.. Enumerable.Range(1, document.PageCount).Select(n => (int)document.GetPage(n).Geometry.DisplayedWidth)];

    [Fact]
    public void Nested_nodes_are_found_by_their_counts()
    {
        using PdfDocument document = Open(
            (2, "<</Type/Pages/Count 4/Kids[3 0 R 10 0 R 4 0 R]>>"),
            (3, "<</Type/Pages/Count 2/Kids[11 0 R 12 0 R]>>"),
            (4, "<</Type/Pages/Count 1/Kids[13 0 R]>>"),
            (10, Page(3)), (11, Page(1)), (12, Page(2)), (13, Page(4)));
        Assert.Equal([1, 2, 3, 4], Widths(document));
        Assert.Equal(4, document.GetPage(-1).Geometry.DisplayedWidth);
        Assert.Equal(1, document.GetPage(-4).Geometry.DisplayedWidth);
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetPage(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetPage(-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => document.GetPage(0));
    }

    /// <summary>Upwards by /Parent the same page is found as from the root; without a usable /Parent none is, rather than a wrong one.</summary>
    [Theory]
    [InlineData("/Count 4", "/Count 2", "3 0 R", 2)]
    [InlineData("/Count 4", "/Count 2", "4 0 R", null)]
    [InlineData("/Count 4", "/Count 2", "12 0 R", null)]
    [InlineData("/Count 4", "", "3 0 R", 2)]
    [InlineData("/Count 4", "/Count 1", "3 0 R", 2)]
    public void A_page_is_found_upwards(string rootCount, string nodeCount, string parent, int? number)
    {
        using PdfDocument document = Open(
            (2, $"<</Type/Pages{rootCount}/Kids[3 0 R 10 0 R 4 0 R]>>"),
            (3, $"<</Type/Pages/Parent 2 0 R{nodeCount}/Kids[11 0 R 12 0 R]>>"),
            (4, "<</Type/Pages/Parent 2 0 R/Count 1/Kids[13 0 R]>>"),
            (10, Page(3)), (11, Page(1)), (12, $"<</Type/Page/Parent {parent}/MediaBox[0 0 2 9]>>"),
            (13, "<</Type/Page/Parent 4 0 R/MediaBox[0 0 4 9]>>"));
        Assert.Equal(number, document.Pages.TryFind(new PdfReference(12))?.Number);
        if (nodeCount == "/Count 2")
        {
            Assert.Equal(4, document.Pages.TryFind(new PdfReference(13))?.Number);
        }
    }

    [Theory]
    [InlineData("/Count 1")]
    [InlineData("/Count 99")]
    [InlineData("/Count -3")]
    [InlineData("/Count (x)")]
    [InlineData("")]
    public void Lying_counts_are_seen_through(string count)
    {
        using PdfDocument document = Open(
            (2, $"<</Type/Pages{count}/Kids[3 0 R 10 0 R]>>"),
            (3, $"<</Type/Pages{count}/Kids[11 0 R 12 0 R]>>"),
            (10, Page(3)), (11, Page(1)), (12, Page(2)));
        Assert.Equal([1, 2, 3], Widths(document));
    }

    [Fact]
    public void A_count_that_fits_the_kids_while_one_kid_is_a_node()
    {
        using PdfDocument document = Open((2, "<</Type/Pages/Count 2/Kids[3 0 R 10 0 R]>>"), (3, "<</Type/Pages/Count 2/Kids[11 0 R 12 0 R]>>"), (10, Page(3)), (11, Page(1)), (12, Page(2)));
        Assert.Equal([1, 2, 3], Widths(document));
    }

    [Fact]
    public void Cycles_end_and_leaves_without_type_count()
    {
        using PdfDocument document = Open((2, "<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 10 0 R]>>"), (3, "<</Kids[2 0 R 11 0 R 3 0 R]/Count 5>>"), (10, "<</MediaBox[0 0 2 9]>>"), (11, Page(1)));
        Assert.Equal([1, 2], Widths(document));
    }

    [Fact]
    public void Boxes_rotation_and_resources_are_inherited_through_the_path_not_through_Parent()
    {
        using PdfDocument document = Open(
            (2, "<</Type/Pages/Count 1/Kids[3 0 R]/MediaBox[0 0 100 200]/Rotate 90/CropBox[10 10 50 50]>>"),
            (3, "<</Type/Pages/Count 1/Kids[10 0 R]/CropBox null>>"),
            (10, "<</Type/Page/Parent 99 0 R/Rotate 270>>"));
        Page page = document.GetPage(1);
        Assert.Equal(new PdfRectangle(10, 10, 50, 50), page.Geometry.Box);
        Assert.Equal(270, page.Geometry.Rotation);
    }

    [Fact]
    public void A_tree_too_deep_is_a_documented_limit()
    {
        (int, string)[] chain = [.. Enumerable.Range(2, 200).Select(n => (n, $"<</Type/Pages/Count 1/Kids[{n + 1} 0 R]>>"))];
        using PdfDocument document = Open(chain);
        Assert.Equal(PdfErrorCode.LimitExceeded, Assert.Throws<PdfFormatException>(() => document.PageCount).Code);
    }
}
