using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>ISO 32000-2 §7.5.4 to §7.5.8: cross-references as they should be and as they are.</summary>
public sealed class CrossReferenceTests
{
    private static byte[] Replace(byte[] pdf, string what, string by)
    {
        string text = Encoding.Latin1.GetString(pdf);
        Assert.Contains(what, text, StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text.Replace(what, by, StringComparison.Ordinal));
    }

    private static TestPdf Body() => new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>").Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");

    [Theory]
    [InlineData(XrefStyle.Table, "\n")]
    [InlineData(XrefStyle.Table, "\r")]
    [InlineData(XrefStyle.Table, "\r\n")]
    [InlineData(XrefStyle.Stream, "\n")]
    [InlineData(XrefStyle.Hybrid, "\r\n")]
    public void All_kinds_and_ends_of_line(XrefStyle style, string eol)
    {
        using PdfDocument document = PdfDocument.Open(TestPdf.WithPages(style, pages: 4, eol: eol).ToBytes());
        Assert.Equal(4, document.PageCount);
        Assert.Equal(842, document.GetPage(-1).Geometry.DisplayedHeight);
        Assert.False(document.WasRepaired);
        Assert.Equal(Enum.Parse<XrefKind>(style.ToString()), document.Objects.Table.Sections[0].Kind);
    }

    [Theory]
    [InlineData(" n \n", " n\n")]
    [InlineData(" n \n", " n \r\n")]
    public void Entries_of_19_and_21_bytes_are_read(string twenty, string other)
    {
        using PdfDocument document = PdfDocument.Open(Replace(Replace(TestPdf.WithPages(pages: 2).ToBytes(), twenty, other), " f \n", other.Replace('n', 'f')));
        Assert.Equal(2, document.PageCount);
        Assert.False(document.WasRepaired);
    }

    [Fact]
    public void Entries_of_uneven_width_and_fewer_than_announced_are_read()
    {
        byte[] pdf = Replace(Replace(Body().EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes(), "10 1\n", "10 7\n"), "\n0000000000 65535 f \n", "\n0000000000 65535 f\n");
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal(1, document.PageCount);
        Assert.False(document.WasRepaired);
    }

    [Fact]
    public void A_first_subsection_that_begins_at_1_over_the_free_head_is_read_from_0()
    {
        byte[] pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>").Object(3, "<</Type/Page/MediaBox[0 0 9 9]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(Replace(pdf, "xref\n0 4\n", "xref\n1 4\n"));
        Assert.Equal(1, document.PageCount);
        Assert.False(document.WasRepaired);
    }

    [Fact]
    public void Trap3_a_hybrid_is_read_table_first_then_its_stream_then_what_came_before()
    {
        byte[] pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>").Object(5, "(old)").Object(6, "(old)").EndRevision(XrefStyle.Table, "/Root 1 0 R")
            .ObjectStream(7, (5, "(hidden)"), (10, "<</Type/Page/MediaBox[0 0 9 9]>>")).Object(6, "(table)").EndRevision(XrefStyle.Hybrid, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal(PdfString.Text("hidden"), document.Resolve(new PdfReference(5)));
        Assert.Equal(PdfString.Text("table"), document.Resolve(new PdfReference(6)));
        Assert.Equal(1, document.PageCount);
        using PdfDocument before = document.AsOf(document.Revisions[0]);
        Assert.Equal(PdfString.Text("old"), before.Resolve(new PdfReference(5)));
    }

    [Fact]
    public void A_freed_object_is_null_and_another_generation_too()
    {
        byte[] pdf = Body().Object(5, "(alive)").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal(PdfString.Text("alive"), document.Resolve(new PdfReference(5)));
        Assert.Same(PdfNull.Instance, document.Resolve(new PdfReference(5, 1)));
        Assert.Same(PdfNull.Instance, document.Resolve(new PdfReference(4)));
        string text = Encoding.Latin1.GetString(pdf);
        int at = text.IndexOf("5 0 obj", StringComparison.Ordinal);
        using PdfDocument freed = PdfDocument.Open(Replace(pdf, $"{at:0000000000} 00000 n", "0000000000 00001 f"));
        Assert.Same(PdfNull.Instance, freed.Resolve(new PdfReference(5)));
        Assert.False(freed.WasRepaired);
    }

    [Fact]
    public void A_circle_of_Prev_ends()
    {
        string text = Encoding.Latin1.GetString(Body().EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
        int xref = text.IndexOf("xref\n0", StringComparison.Ordinal);
        using PdfDocument document = PdfDocument.Open(Encoding.Latin1.GetBytes(text.Replace("/Root 1 0 R", $"/Root 1 0 R/Prev {xref}", StringComparison.Ordinal)));
        Assert.Single(document.Revisions);
        Assert.Equal(1, document.PageCount);
    }

    [Theory]
    [InlineData("0 4", "0 2147483647")]
    [InlineData("0 4", "0 9223372036854775807")]
    [InlineData("0 4", "0 4000000000")]
    [InlineData("0 4", "-5 4")]
    public void Absurd_counts_cost_nothing(string count, string absurd)
    {
        byte[] pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>").Object(3, "<</Type/Page/MediaBox[0 0 9 9]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(Replace(pdf, $"xref\n{count}\n", $"xref\n{absurd}\n"));
        Assert.Equal(1, document.PageCount);
    }

    [Theory]
    [InlineData("[1 4 2]", "[1 9 2]")]
    [InlineData("[1 4 2]", "[0 0 0]")]
    [InlineData("[1 4 2]", "[1 -4 2]")]
    [InlineData("/Index[0 ", "/Index[-7 ")]
    [InlineData("/XRef", "/XErf")]
    public void Broken_cross_reference_streams_are_rebuilt_or_read(string what, string by)
    {
        using PdfDocument document = PdfDocument.Open(Replace(TestPdf.WithPages(XrefStyle.Stream, pages: 2).ToBytes(), what, by));
        Assert.Equal(2, document.PageCount);
    }

    [Fact]
    public void Rebuilding_takes_the_last_object_of_a_number_and_looks_into_object_streams()
    {
        byte[] pdf = new TestPdf().ObjectStream(3, (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[10 0 R]/Count 1>>"), (5, "(in stream)"))
            .Object(10, "<</Type/Page/MediaBox[0 0 9 9]>>").Object(5, "(later)").Object(10, "<</Type/Page/MediaBox[0 0 7 7]>>").Raw("trailer<</Root 1 0 R>>").ToBytes();
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.True(document.Objects.IsRebuilt);
        Assert.Equal(7, document.GetPage(1).Geometry.DisplayedWidth);
        Assert.Equal(PdfString.Text("later"), document.Resolve(new PdfReference(5)));
    }

    [Fact]
    public void A_file_without_a_catalog_is_an_error_with_its_cause()
    {
        var error = Assert.Throws<PdfFormatException>(() => PdfDocument.Open(new TestPdf().Object(1, "<</Type/Nothing>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes()));
        Assert.Equal(PdfErrorCode.Structure, error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("%PDF-")]
    [InlineData("%PDF-1.7")]
    [InlineData("%PDF-1.7\nstartxref\n0\n%%EOF")]
    [InlineData("%PDF-1.7\nxref\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF")]
    public void Next_to_nothing_is_an_error(string text) => Assert.Throws<PdfFormatException>(() => PdfDocument.Open(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void A_stream_whose_length_lies_or_refers_to_itself_is_found_by_its_end()
    {
        byte[] pdf = Body().Stream(5, "", "1234567890", length: "3").Stream(6, "", "abcdef", length: "6 0 R").Stream(7, "", "xyz", length: "99999999999").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal("1234567890"u8, document.Decode((PdfStream)document.Resolve(new PdfReference(5))).Span);
        Assert.Equal("abcdef"u8, document.Decode((PdfStream)document.Resolve(new PdfReference(6))).Span);
        Assert.Equal("xyz"u8, document.Decode((PdfStream)document.Resolve(new PdfReference(7))).Span);
    }

    [Theory]
    [InlineData("startxref\n", "startxref ")]
    [InlineData("startxref\n", "startxref\r\n   ")]
    [InlineData("\n%%EOF\n", " %%EOF")]
    [InlineData("\n%%EOF\n", "\n")]
    public void Trap14_startxref_in_odd_layouts(string what, string by)
    {
        using PdfDocument document = PdfDocument.Open(Replace(TestPdf.WithPages().ToBytes(), what, by));
        Assert.Equal(1, document.PageCount);
        Assert.False(document.WasRepaired);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(300_000)]
    public void Trap14_startxref_far_before_the_end_of_the_file(int trailing)
    {
        byte[] pdf = [.. TestPdf.WithPages().ToBytes(), .. new byte[trailing]];
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal(1, document.PageCount);
        Assert.False(document.WasRepaired);
        Assert.Equal(pdf.Length - trailing, document.Revisions[0].EndOffset);
        using PdfDocument streamed = PdfDocument.Open(new MemoryStream(pdf));
        Assert.Equal(1, streamed.PageCount);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("x")]
    public void Trap14_a_hopeless_startxref_is_rebuilt(string startXref)
    {
        using PdfDocument document = PdfDocument.Open(Body().EndRevision(XrefStyle.Table, "/Root 1 0 R", startXref: startXref).ToBytes());
        Assert.Equal(1, document.PageCount);
        Assert.True(document.Objects.IsRebuilt);
        Assert.NotEmpty(document.RepairCause!);
    }
}
