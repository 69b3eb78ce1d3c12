using System.Text;
using ESign.Pdf.Content;
using ESign.Pdf.Document;

namespace ESign.Pdf.Tests.Content;

/// <summary>Searching whole documents: pages, order, laziness.</summary>
public class TextLocatorTests
{
    [Fact]
    public void All_pages_are_searched_forward_or_in_reverse()
    {
        using PdfDocument document = Open(declaredPages: 2);
        var locator = new TextLocator(document);
        Assert.Equal([(1, 10.0), (1, 50), (2, 10), (2, 50)], Places(locator, new KeywordQuery { Text = "A" }));
        Assert.Equal([(2, 50.0), (2, 10), (1, 50), (1, 10)], Places(locator, new KeywordQuery { Text = "A", Order = KeywordOrder.Reverse }));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(-1, 2)]
    public void One_page_may_be_chosen(int page, int found)
    {
        using PdfDocument document = Open(declaredPages: 2);
        Assert.All(Places(new TextLocator(document), new KeywordQuery { Text = "A", Page = page }), p => Assert.Equal(found, p.Page));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_page_that_is_not_there_is_the_callers_mistake(int page)
    {
        using PdfDocument document = Open(declaredPages: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => Places(new TextLocator(document), new KeywordQuery { Text = "A", Page = page }));
    }

    [Fact]
    public void A_page_tree_that_declares_more_pages_than_it_has_is_searched()
    {
        using PdfDocument document = Open(declaredPages: 9);
        Assert.Equal(4, Places(new TextLocator(document), new KeywordQuery { Text = "A", Order = KeywordOrder.Forward }).Count);
        Assert.Equal(4, Places(new TextLocator(document), new KeywordQuery { Text = "A", Order = KeywordOrder.Reverse }).Count);
    }

    private static List<(int Page, double X)> Places(TextLocator locator, KeywordQuery query) =>
        [.. locator.Find(query).Select(m => (m.Page, m.Displayed.X))];

    /// <summary>Two pages that share their content; without a cross-reference, so that opening rebuilds it.</summary>
    private static PdfDocument Open(int declaredPages) => PdfDocument.Open(Encoding.Latin1.GetBytes($"""
        %PDF-1.7
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R 4 0 R]/Count {declaredPages}/MediaBox[0 0 200 200]/Resources<</Font<</F1 6 0 R>>>>>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/Contents 5 0 R>> endobj
        4 0 obj <</Type/Page/Parent 2 0 R/Contents 5 0 R>> endobj
        5 0 obj <</Length 59>> stream
        BT /F1 10 Tf 50 100 Td (A) Tj 1 0 0 1 10 100 Tm (A) Tj ET  
        endstream endobj
        6 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
        trailer <</Root 1 0 R/Size 7>>
        %%EOF
        """));
}
