using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Filters;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>Files made to cost more than they are worth: each ends in an answer or in a documented limit, and cheaply.</summary>
public sealed class HostileFileTests
{
    private static TestPdf Document(string extra = "") =>
        new TestPdf().Object(1, $"<</Type/Catalog/Pages 2 0 R/X 5 0 R{extra}>>").Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>").Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>");

    private static string References(int first, int count) => string.Join(' ', Enumerable.Range(first, count).Select(n => $"{n} 0 R"));

    private static byte[] Finish(TestPdf pdf) => pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();

    private static PdfErrorCode CodeOf(byte[] pdf) => Assert.Throws<PdfFormatException>(() =>
    {
        using PdfDocument document = PdfDocument.Open(pdf);
        WholeDocument.Visit(document);
    }).Code;

    [Fact]
    public void Many_bombs_are_one_bomb()
    {
        string bomb = Encoding.Latin1.GetString(FlateFilter.Encode(new byte[31 << 20]));
        TestPdf pdf = Document().Object(5, $"[{References(10, 50)}]");
        for (int number = 10; number < 60; number++)
        {
            pdf.Stream(number, "/Filter/FlateDecode", bomb);
        }

        using PdfDocument document = PdfDocument.Open(Finish(pdf));
        int decoded = 0;
        PdfFormatException? refusal = null;
        for (int number = 10; number < 60; number++)
        {
            try
            {
                decoded += document.Decode((PdfStream)document.Resolve(new PdfReference(number))).Length > 0 ? 1 : 0;
            }
            catch (PdfFormatException e)
            {
                refusal = e;
            }
        }

        Assert.InRange(decoded, 1, 5);
        Assert.Equal(PdfErrorCode.LimitExceeded, refusal?.Code);
    }

    [Fact]
    public void Objects_that_never_end_are_not_each_read_to_the_end_of_the_file()
    {
        TestPdf pdf = Document().Object(5, $"[{References(10, 20_000)}]");
        for (int number = 10; number < 20_010; number++)
        {
            pdf.Object(number, "(x((");
        }

        Assert.Equal(PdfErrorCode.LimitExceeded, CodeOf(Finish(pdf)));
    }

    [Fact]
    public void Streams_without_an_end_are_not_each_searched_to_the_end_of_the_file()
    {
        TestPdf pdf = Document().Object(5, $"[{References(10, 20_000)}]");
        for (int number = 10; number < 20_010; number++)
        {
            pdf.Object(number, "<</Length 5>>stream\nxx");
        }

        Assert.Equal(PdfErrorCode.LimitExceeded, CodeOf(Finish(pdf)));
    }

    [Fact]
    public void An_object_of_millions_of_values_is_refused() =>
        Assert.Equal(PdfErrorCode.LimitExceeded, CodeOf(Finish(Document().Object(5, "[" + string.Concat(Enumerable.Repeat("1.5 ", 600_000)) + "]"))));

    [Fact]
    public void A_page_tree_whose_levels_multiply_is_walked_once()
    {
        TestPdf pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>");
        for (int level = 2; level < 42; level++)
        {
            pdf.Object(level, $"<</Type/Pages/Count 1/Kids[{string.Join(' ', Enumerable.Repeat($"{level + 1} 0 R", 10))}]>>");
        }

        using PdfDocument document = PdfDocument.Open(Finish(pdf.Object(42, "<</Type/Page/MediaBox[0 0 9 9]>>")));
        Assert.Equal(10, document.PageCount);
    }

    [Fact]
    public void More_revisions_than_any_document_has_are_refused()
    {
        var text = new StringBuilder(Encoding.Latin1.GetString(Finish(Document())));
        int previous = text.ToString().LastIndexOf("xref\n0", StringComparison.Ordinal);
        for (int i = 0; i < 5000; i++)
        {
            int at = text.Length;
            text.Append(CultureInfo.InvariantCulture, $"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 6/Root 1 0 R/Prev {previous}>>\nstartxref\n{at}\n%%EOF\n");
            previous = at;
        }

        Assert.Equal(PdfErrorCode.LimitExceeded, CodeOf(Encoding.Latin1.GetBytes(text.ToString())));
    }

    [Fact]
    public void A_reference_to_itself_and_a_ring_of_references_are_null()
    {
        using PdfDocument document = PdfDocument.Open(Finish(Document().Object(5, "5 0 R").Object(6, "7 0 R").Object(7, "6 0 R")));
        Assert.Same(PdfNull.Instance, document.Resolve(new PdfReference(5)));
        Assert.Same(PdfNull.Instance, document.Resolve(new PdfReference(6)));
    }

    [Fact]
    public void An_object_stream_inside_itself_or_another_is_null()
    {
        byte[] pdf = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[]/Count 0>>")
            .ObjectStream(5, (6, "<</Type/ObjStm/N 1/First 4>>"), (5, "(itself)"), (8, "(fine)")).EndRevision(XrefStyle.Stream, "/Root 1 0 R").ToBytes();
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.IsType<PdfStream>(document.Resolve(new PdfReference(5)));
        Assert.Equal(PdfString.Text("fine"), document.Resolve(new PdfReference(8)));
    }
}
