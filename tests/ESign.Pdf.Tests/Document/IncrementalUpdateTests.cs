using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>What is appended, byte for byte where it matters, and what the witnesses say. Trap numbers: the list of byte-level traps of incremental signing.</summary>
public sealed class IncrementalUpdateTests
{
    internal static readonly Action<Span<byte>> Sevens = static span => span.Fill(0x77);

    /// <summary>Appends an annotation to a page, as a signature would.</summary>
    internal static byte[] Annotate(byte[] original, int page = 1, string? password = null, bool alsoCatalog = true)
    {
        using PdfDocument document = PdfDocument.Open(original, password);
        return Annotate(document, original, page, alsoCatalog);
    }

    internal static byte[] Annotate(PdfDocument document, byte[] original, int page, bool alsoCatalog)
    {
        var update = new IncrementalUpdate(document, Sevens);
        PdfReference pageReference = update.ReferenceOf(document.GetPage(page));
        PdfReference note = update.Add(new PdfDictionary(
            ("Type", new PdfName("Annot")), ("Subtype", new PdfName("Text")), ("Rect", new PdfArray(10, 10, 30, 30)), ("P", pageReference), ("Contents", PdfString.Text("added (后加)"))));
        PdfDictionary dictionary = update.DictionaryOf(document.GetPage(page));
        PdfArray annotations = update.Resolve(dictionary["Annots"]) as PdfArray ?? PdfArray.Empty;
        update.Set(pageReference, dictionary.With("Annots", annotations.With(note)));
        if (alsoCatalog)
        {
            update.SetCatalogEntry("Lang", PdfString.Text("zh-CN"));
        }

        using AppendedSection section = update.Build();
        return [.. original, .. section.Bytes.Span];
    }

    private static string Tail(byte[] original, byte[] changed) => Encoding.Latin1.GetString(changed.AsSpan(original.Length));

    [Theory]
    [InlineData(XrefStyle.Table, (int)XrefKind.Table)]
    [InlineData(XrefStyle.Stream, (int)XrefKind.Stream)]
    public void Trap1_the_section_is_of_the_kind_of_the_one_before(XrefStyle style, int kind) => AssertContinued(style, (XrefKind)kind);

    [Fact]
    public void Trap2_a_hybrid_is_continued_with_a_table_that_does_not_name_its_stream() => AssertContinued(XrefStyle.Hybrid, XrefKind.Table);

    private static void AssertContinued(XrefStyle style, XrefKind kind)
    {
        byte[] original = TestPdf.WithPages(style, pages: 3).ToBytes();
        byte[] changed = Annotate(original, page: 2);
        using PdfDocument document = PdfDocument.Open(changed);
        Assert.Equal(kind, document.Objects.Table.Sections[0].Kind);
        Assert.Equal(2, document.Revisions.Count);
        Assert.Single(document.GetPage(2).Annotations());
        Assert.DoesNotContain("XRefStm", Tail(original, changed), StringComparison.Ordinal);
        Assert.False(document.WasRepaired);
        Witnesses.AssertClean(changed);
    }

    [Fact]
    public void Trap11_a_table_has_the_free_head_once_and_sorted_subsections_byte_for_byte()
    {
        byte[] original = TestPdf.WithPages(trailer: "/Info 5 0 R/DocChecksum/ABC/ID[<01><02>]").ToBytes();
        byte[] changed = Annotate(original, alsoCatalog: false);
        int start = original.Length;
        string tail = Tail(original, changed);
        int page = start;
        int note = start + tail.IndexOf("11 0 obj", StringComparison.Ordinal);
        int xref = start + tail.IndexOf("xref\n", StringComparison.Ordinal);
        Assert.StartsWith("10 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Annots[11 0 R]>>\nendobj\n11 0 obj\n<</Type/Annot", tail, StringComparison.Ordinal);
        Assert.EndsWith(
            $"xref\n0 1\n0000000000 65535 f \n10 2\n{page:0000000000} 00000 n \n{note:0000000000} 00000 n \ntrailer\n"
            + $"<</Root 1 0 R/Info 5 0 R/ID[<01><77777777777777777777777777777777>]/Prev {PreviousXref(original)}/Size 12>>\nstartxref\n{xref}\n%%EOF\n",
            tail,
            StringComparison.Ordinal);
    }

    private static string PreviousXref(byte[] original)
    {
        string text = Encoding.Latin1.GetString(original);
        return text[(text.LastIndexOf("startxref", StringComparison.Ordinal) + 10)..].Split('\n')[0];
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("", "\n")]
    [InlineData("\r", "")]
    [InlineData("\r\n", "")]
    [InlineData(" ", "\n")]
    public void Trap7_the_update_begins_on_its_own_line_and_never_with_LF_after_a_lone_CR(string finalEol, string expected)
    {
        byte[] original = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>")
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R", finalEol: finalEol).ToBytes();
        byte[] changed = Annotate(original);
        Assert.StartsWith(expected + "1 0 obj", Tail(original, changed), StringComparison.Ordinal);
        using PdfDocument document = PdfDocument.Open(changed);
        Assert.Equal(original.Length, document.Revisions[0].EndOffset + (finalEol == " " ? 1 : 0) - (finalEol.Length == 0 ? 1 : 0));
        Witnesses.AssertClean(changed);
    }

    [Theory]
    [InlineData(XrefStyle.Table)]
    [InlineData(XrefStyle.Stream)]
    public void Trap8_junk_before_the_header_shifts_every_offset_and_is_kept(XrefStyle style)
    {
        byte[] original = TestPdf.WithPages(style, junk: "HTTP/1.1 200 OK\r\n\r\n").ToBytes();
        byte[] changed = Annotate(Annotate(original));
        Assert.Equal(original, changed[..original.Length]);
        using PdfDocument document = PdfDocument.Open(changed);
        Assert.False(document.WasRepaired);
        Assert.Equal(3, document.Revisions.Count);
        Assert.Equal(2, document.GetPage(1).Annotations().Count());
    }

    [Fact]
    public void Trap4_prev_is_where_the_section_really_is_even_when_startxref_missed_it()
    {
        byte[] original = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>")
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R", startXref: "180").ToBytes();
        using (PdfDocument document = PdfDocument.Open(original))
        {
            Assert.True(document.Objects.HadToSearchNearby);
            Assert.False(document.WasRepaired);
            Assert.NotEqual(180, document.Objects.Table.Sections[0].Position);
        }

        Witnesses.AssertClean(Annotate(original));
    }

    [Fact]
    public void Trap6_an_identifier_is_made_where_there_is_none() =>
        Assert.Contains("/ID[<77777777777777777777777777777777><77777777777777777777777777777777>]", Tail([], Annotate(TestPdf.WithPages().ToBytes())), StringComparison.Ordinal);

    [Fact]
    public void Trap12_size_lies_and_hidden_objects_are_never_overwritten()
    {
        byte[] original = new TestPdf().ObjectStream(3, (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[10 0 R]/Count 1>>"), (40, "(precious)"))
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/X 40 0 R>>").EndRevision(XrefStyle.Stream, "/Root 1 0 R").ToBytes();
        byte[] lying = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(original).Replace("/Size 42", "/Size 11", StringComparison.Ordinal));
        Assert.NotEqual(original, lying);
        using PdfDocument document = PdfDocument.Open(Annotate(lying));
        Assert.Equal(PdfString.Text("precious"), document.Resolve(new PdfReference(40)));
        Assert.Single(document.GetPage(1).Annotations());
    }

    [Fact]
    public void Trap16_an_object_from_an_object_stream_is_overridden_by_a_plain_one_and_generations_are_kept()
    {
        byte[] original = new TestPdf().ObjectStream(3, (1, "<</Type/Catalog/Pages 2 0 R>>"), (2, "<</Type/Pages/Kids[10 3 R]/Count 1>>"))
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>", generation: 3).EndRevision(XrefStyle.Stream, "/Root 1 0 R").ToBytes();
        byte[] changed = Annotate(original);
        Assert.Contains("\n10 3 obj\n", Tail(original, changed), StringComparison.Ordinal);
        Assert.Contains("1 0 obj\n<</Type/Catalog", Tail(original, changed), StringComparison.Ordinal);
        Witnesses.AssertClean(changed);
    }

    [Fact]
    public void Trap18_a_direct_page_becomes_an_indirect_object()
    {
        byte[] original = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R>>")
            .Object(2, "<</Type/Pages/Count 2/Kids[<</Type/Pages/Count 1/Kids[<</Type/Page/MediaBox[0 0 9 9]>>]>> <</Type/Page/MediaBox[0 0 8 8]>>]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
        byte[] changed = Annotate(Annotate(original, page: 2), page: 1);
        using PdfDocument document = PdfDocument.Open(changed);
        Assert.Single(document.GetPage(1).Annotations());
        Assert.Single(document.GetPage(2).Annotations());
        Assert.Equal(2, Witnesses.PageCount(changed));
    }

    [Fact]
    public void Trap41_extensions_are_declared_once_and_not_in_pdf_2()
    {
        using PdfDocument document = PdfDocument.Open(TestPdf.WithPages(catalog: "/Extensions<</ADBE<</BaseVersion/1.7/ExtensionLevel 8>>>>").ToBytes());
        var update = new IncrementalUpdate(document, Sevens);
        update.DeclareExtension("ADBE", "1.7", 5);
        Assert.True(update.IsEmpty);
        update.DeclareExtension("ESIC", "1.7", 2);
        update.DeclareExtension("ISO_", "2.0", 32001);
        update.DeclareExtension("ISO_", "2.0", 32002);
        update.DeclareExtension("ISO_", "2.0", 32001);
        var extensions = (PdfDictionary)update.Catalog["Extensions"]!;
        Assert.Equal(["ADBE", "ESIC", "ISO_"], extensions.Keys);
        Assert.Equal(2, ((PdfArray)extensions["ISO_"]!).Count);
    }

    [Fact]
    public void The_same_input_and_randomness_give_the_same_bytes()
    {
        byte[] original = TestPdf.WithPages(XrefStyle.Stream, pages: 2).ToBytes();
        Assert.Equal(Annotate(original), Annotate(original));
    }

    [Fact]
    public void Placeholders_are_found_at_their_physical_offsets()
    {
        byte[] original = TestPdf.WithPages(junk: "junk\n").ToBytes();
        using PdfDocument document = PdfDocument.Open(original);
        var update = new IncrementalUpdate(document, Sevens);
        PdfPlaceholder contents = PdfPlaceholder.Contents(4);
        update.Add(new PdfDictionary(("Type", new PdfName("Sig")), ("Contents", contents)));
        using AppendedSection section = update.Build();
        "<01020304>"u8.CopyTo(section.Patch(contents));
        byte[] changed = [.. original, .. section.Bytes.Span];
        Assert.Equal("<01020304>", Encoding.ASCII.GetString(changed, (int)section.OffsetOf(contents), contents.Width));
    }

    [Fact]
    public void An_entry_that_leads_elsewhere_is_mended_by_the_update()
    {
        string text = Encoding.Latin1.GetString(TestPdf.WithPages(pages: 2).ToBytes());
        int page = text.IndexOf("11 0 obj", StringComparison.Ordinal);
        byte[] original = Encoding.Latin1.GetBytes(text.Replace($"{page:0000000000} 00000 n", "0000000016 00000 n", StringComparison.Ordinal));
        using PdfDocument document = PdfDocument.Open(original);
        Assert.Equal(2, document.PageCount);
        Assert.True(document.WasRepaired);
        Assert.False(document.Objects.IsRebuilt);
        Witnesses.AssertClean(Annotate(document, original, page: 1, alsoCatalog: false));
    }

    [Fact]
    public void A_rebuilt_cross_reference_cannot_be_continued()
    {
        byte[] original = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(TestPdf.WithPages().ToBytes()).Replace("startxref", "startxxxx", StringComparison.Ordinal));
        using PdfDocument document = PdfDocument.Open(original);
        Assert.True(document.WasRepaired);
        Assert.Equal(PdfErrorCode.CrossReference, Assert.Throws<PdfFormatException>(() => new IncrementalUpdate(document)).Code);
        var copy = new MemoryStream();
        NormalizedCopy.Write(document, copy);
        Witnesses.AssertClean(Annotate(copy.ToArray()));
    }

    [Fact]
    public void A_signed_file_with_a_broken_cross_reference_is_not_rewritten()
    {
        byte[] original = new TestPdf().Object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>")
            .Object(4, "<</FT/Sig/T(Party)/V 5 0 R>>").Object(5, "<</Type/Sig/ByteRange[0 1 2 3]/Contents<00>>>")
            .Object(10, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R", startXref: "0").ToBytes();
        using PdfDocument document = PdfDocument.Open(original);
        var error = Assert.Throws<PdfFormatException>(() => NormalizedCopy.Write(document, new MemoryStream()));
        Assert.Contains("'Party' is signed", error.Message, StringComparison.Ordinal);
    }
}
