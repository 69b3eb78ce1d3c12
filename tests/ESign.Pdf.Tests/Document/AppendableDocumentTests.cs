using System.Globalization;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Document;

/// <summary>A document that follows what is appended to it is the document one would open anew.</summary>
public sealed class AppendableDocumentTests
{
    [Theory]
    [InlineData(XrefStyle.Table, "", 1)]
    [InlineData(XrefStyle.Stream, "", 1)]
    [InlineData(XrefStyle.Hybrid, "", 1)]
    [InlineData(XrefStyle.Table, "junk\n", 1)]
    [InlineData(XrefStyle.Table, "", 1500)] // large enough not to be read whole
    public void Following_is_opening_anew(XrefStyle style, string junk, int pages)
    {
        byte[] whole = TestPdf.WithPages(style, pages: pages, junk: junk).ToBytes();
        var stream = new MemoryStream(whole);
        using AppendableDocument file = AppendableDocument.Open(stream, password: null);
        using var chain = new RevisionChain(stream);
        for (int round = 1; round <= 4; round++)
        {
            PdfDocument document = file.UpTo(chain, password: null);
            AssertSame(whole, document);
            AppendedSection section = Annotate(document, page: round == 3 ? -1 : 1, lang: $"r{round}");
            whole = [.. whole, .. section.Bytes.Span];
            chain.Append(section);
        }

        AssertSame(whole, file.UpTo(chain, password: null));
    }

    [Fact]
    public void What_was_mended_while_reading_is_read_afresh_after_the_update_that_mends_it()
    {
        // The entry of the page points into the middle of nowhere: found by scanning, and carried right by the update.
        string text = Encoding.Latin1.GetString(TestPdf.WithPages().ToBytes());
        string entry = text.IndexOf("10 0 obj", StringComparison.Ordinal).ToString("D10", CultureInfo.InvariantCulture);
        byte[] whole = Encoding.Latin1.GetBytes(text.Replace(entry, "0000000011", StringComparison.Ordinal));
        var stream = new MemoryStream(whole);
        using AppendableDocument file = AppendableDocument.Open(stream, password: null);
        using var chain = new RevisionChain(stream);
        Assert.Equal(1, file.Document.PageCount);
        Assert.NotNull(file.Document.GetPage(1));
        Assert.True(file.Document.WasRepaired);
        chain.Append(Annotate(file.Document, 1, "r1"));
        PdfDocument after = file.UpTo(chain, password: null);
        Assert.False(after.WasRepaired);
        Assert.Single(after.GetPage(1).Annotations());
    }

    private static AppendedSection Annotate(PdfDocument document, int page, string lang)
    {
        var update = new IncrementalUpdate(document, IncrementalUpdateTests.Sevens);
        PdfReference note = update.Add(new PdfDictionary(("Type", new PdfName("Annot")), ("Subtype", new PdfName("Text")), ("Rect", new PdfArray(10, 10, 30, 30))));
        PdfDictionary dictionary = update.DictionaryOf(document.GetPage(page));
        PdfArray annotations = update.Resolve(dictionary["Annots"]) as PdfArray ?? PdfArray.Empty;
        update.Set(update.ReferenceOf(document.GetPage(page)), dictionary.With("Annots", annotations.With(note)));
        update.SetCatalogEntry("Lang", PdfString.Text(lang));
        return update.Build();
    }

    private static void AssertSame(byte[] whole, PdfDocument followed)
    {
        using PdfDocument fresh = PdfDocument.Open(whole);
        Assert.Equal(fresh.Source.Length, followed.Source.Length);
        Assert.Equal(fresh.Trailer, followed.Trailer);
        Assert.Equal(fresh.Revisions.Select(revision => revision.EndOffset), followed.Revisions.Select(revision => revision.EndOffset));
        Assert.Equal(fresh.PageCount, followed.PageCount);
        CrossReferenceTable table = fresh.Objects.Table;
        Assert.Equal(table.HighestNumber, followed.Objects.Table.HighestNumber);
        for (int number = 0; number <= table.HighestNumber + 1; number++)
        {
            Assert.Equal(table.Find(number), followed.Objects.Table.Find(number));
            var reference = new PdfReference(number, table.Find(number).Generation);
            PdfObject expected = fresh.Resolve(reference);
            PdfObject actual = followed.Resolve(reference);
            if (expected is PdfStream stream)
            {
                Assert.Equal(stream.Dictionary, Assert.IsType<PdfStream>(actual).Dictionary);
                Assert.Equal(fresh.Decode(stream).ToArray(), followed.Decode((PdfStream)actual).ToArray());
            }
            else
            {
                Assert.Equal(expected, actual);
            }
        }
    }
}
