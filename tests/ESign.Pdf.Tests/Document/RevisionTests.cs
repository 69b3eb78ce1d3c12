using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>ISO 32000-2 §7.5.6 and annex F: where each revision ends, and what it held.</summary>
public sealed class RevisionTests
{
    [Theory]
    [InlineData(XrefStyle.Table)]
    [InlineData(XrefStyle.Stream)]
    [InlineData(XrefStyle.Hybrid)]
    public void Every_update_is_a_revision_that_can_be_looked_at(XrefStyle style)
    {
        byte[] first = TestPdf.WithPages(style, catalog: "/Lang(one)").ToBytes();
        byte[] second = IncrementalUpdateTests.Annotate(first);
        byte[] third = IncrementalUpdateTests.Annotate(second, alsoCatalog: false);
        using PdfDocument document = PdfDocument.Open(third);
        Assert.Equal([first.Length, second.Length, third.Length], document.Revisions.Select(r => r.EndOffset));
        Assert.Equal([1, 2, 3], document.Revisions.Select(r => r.Number));
        using PdfDocument original = document.AsOf(document.Revisions[0]);
        Assert.Equal(PdfString.Text("one"), original.Catalog["Lang"]);
        Assert.Empty(original.GetPage(1).Annotations());
        using PdfDocument between = document.AsOf(document.Revisions[1]);
        Assert.Equal(PdfString.Text("zh-CN"), between.Catalog["Lang"]);
        Assert.Single(between.GetPage(1).Annotations());
        Assert.Equal(2, document.GetPage(1).Annotations().Count());
    }

    [Theory]
    [InlineData("disable")]
    [InlineData("generate")]
    public void Trap15_a_linearised_original_is_one_revision_and_can_be_continued(string objectStreams)
    {
        using var plain = new TemporaryFile(TestPdf.WithPages(pages: 3).ToBytes());
        using var linear = new TemporaryFile([]);
        Assert.Equal(0, Tool.Run("qpdf", "--linearize", "--object-streams=" + objectStreams, plain.Path, linear.Path).ExitCode);
        byte[] original = File.ReadAllBytes(linear.Path);
        byte[] changed = IncrementalUpdateTests.Annotate(original, page: 3);
        using PdfDocument document = PdfDocument.Open(changed);
        Assert.Equal([original.Length, changed.Length], document.Revisions.Select(r => r.EndOffset));
        Assert.Equal(2, document.Revisions[0].Sections.Count);
        using PdfDocument before = document.AsOf(document.Revisions[0]);
        Assert.Equal(3, before.PageCount);
        Assert.Null(Witnesses.NewComplaints(original, changed));
        Assert.Equal(3, Witnesses.PageCount(changed));
    }
}
