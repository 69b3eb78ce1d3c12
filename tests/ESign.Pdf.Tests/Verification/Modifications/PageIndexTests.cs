using System.Globalization;
using ESign.Fuzz;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Verification.Modifications;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>The pages of a revision taken over from the one before are those that reading the tree again would give.</summary>
public sealed class PageIndexTests
{
    private const int Pages = 6;
    private const int FirstPage = 10;
    private const int FirstNote = 30;
    private const int Notes = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_any_updates_the_index_is_the_one_read_afresh(int seed)
    {
        var random = new FuzzRandom((ulong)seed);
        using PdfDocument document = PdfDocument.Open(Updated(random, 40));
        var budget = new AnalysisBudget();
        var graph = new ObjectGraph(budget);
        PdfDocument view = document.AsOf(document.Revisions[0]);
        var state = new RevisionState(view, budget);
        graph.Start(state);
        var index = new PageIndex(view, budget);
        int takenOver = 0;
        for (int i = 1; i < document.Revisions.Count; i++)
        {
            view = document.AsOf(document.Revisions[i]);
            ObjectGraph.Touched touched = graph.Advance(state, view, document.Revisions[i]);
            state = new RevisionState(view, budget);
            PageIndex? after = index.After(view, touched, budget);
            takenOver += after is null ? 0 : 1;
            var afresh = new PageIndex(view, budget);
            AssertSame(afresh, after ?? afresh);
            index = after ?? afresh;
        }

        Assert.InRange(takenOver, 10, 39);
    }

    private static void AssertSame(PageIndex expected, PageIndex actual)
    {
        Assert.Equal(expected.Pages.Select(page => (page.Number, page.Reference, page.Dictionary)), actual.Pages.Select(page => (page.Number, page.Reference, page.Dictionary)));
        Assert.Equal(expected.HasStrayParents, actual.HasStrayParents);
        for (int number = 0; number < FirstNote + Notes; number++)
        {
            Assert.Equal(expected.PageOf(new PdfReference(number)), actual.PageOf(new PdfReference(number)));
            Assert.Equal(expected.HasPage(number), actual.HasPage(number));
            Assert.Equal(expected.HasNode(number), actual.HasNode(number));
            Assert.Equal(expected.HasAnnotation(number), actual.HasAnnotation(number));
        }
    }

    private static byte[] Updated(FuzzRandom random, int updates)
    {
        TestPdf pdf = TestPdf.WithPages(pages: Pages);
        for (int number = FirstNote; number < FirstNote + Notes; number++)
        {
            pdf.Object(number, "<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>");
        }

        pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R");
        List<int>[] shown = [.. Enumerable.Range(0, Pages).Select(_ => new List<int>())];
        for (int i = 1; i < updates; i++)
        {
            int page = random.Next(Pages);
            List<int> annotations = shown[page];
            string parent = random.Next(12) == 0 ? "1 0 R" : "2 0 R";
            if (random.Next(8) == 0 && annotations.Count > 0)
            {
                annotations.RemoveAt(0);
            }
            else if (random.Next(3) > 0)
            {
                annotations.Add(FirstNote + random.Next(Notes));
            }

            string list = string.Concat(annotations.Select(number => string.Create(CultureInfo.InvariantCulture, $"{number} 0 R ")));
            pdf.Object(FirstPage + page, string.Create(CultureInfo.InvariantCulture, $"<</Type/Page/Parent {parent}/MediaBox[0 0 595 {i}]/Annots[{list}]>>"));
            if (random.Next(10) == 0)
            {
                pdf.Object(5, "(something else)");
            }

            pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R");
        }

        return pdf.ToBytes();
    }
}
