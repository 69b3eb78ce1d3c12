using System.Globalization;
using ESign.Fuzz;
using ESign.Pdf.Document;
using ESign.Pdf.Syntax.CrossReference;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Syntax;

/// <summary>The index over many cross-reference sections finds what looking through them one by one finds, in every revision.</summary>
public sealed class SectionIndexTests
{
    [Theory]
    [InlineData(XrefStyle.Table)]
    [InlineData(XrefStyle.Stream)]
    [InlineData(XrefStyle.Hybrid)]
    public void Finds_the_newest_entry_of_every_object_in_every_revision(XrefStyle style)
    {
        const int revisions = 60;
        const int highest = 45;
        var random = new FuzzRandom(7);
        TestPdf pdf = TestPdf.WithPages(style, pages: 3);
        for (int i = 1; i < revisions; i++)
        {
            for (int n = 0; n <= random.Next(4); n++)
            {
                pdf.Object(20 + random.Next(highest - 20), i.ToString(CultureInfo.InvariantCulture));
            }

            pdf.EndRevision(style, i % 7 == 0 ? "/Root 1 0 R/Info 20 0 R" : "/Root 1 0 R");
        }

        using PdfDocument document = PdfDocument.Open(pdf.ToBytes());
        CrossReferenceTable table = document.Objects.Table;
        Assert.Equal(revisions, table.Sections.Count);
        for (int skipped = 0; skipped < revisions; skipped++)
        {
            CrossReferenceTable older = table.Skip(skipped);
            Assert.Equal(table.Sections.Skip(skipped), older.Sections);
            Assert.Equal(older.Sections.Select(section => section.Trailer["Info"]).FirstOrDefault(info => info is not null), older.MergedTrailer()["Info"]);
            for (int number = 0; number <= highest + 2; number++)
            {
                Assert.Equal(OneByOne(older, document, number), older.Find(number));
            }
        }
    }

    [Fact]
    public void The_index_of_a_file_that_is_appended_to_still_finds_what_is_newest()
    {
        const int revisions = 100;
        const int highest = 45;
        var random = new FuzzRandom(11);
        TestPdf pdf = TestPdf.WithPages(XrefStyle.Table, pages: 3);
        for (int i = 1; i < revisions; i++)
        {
            pdf.Object(20 + random.Next(highest - 20), i.ToString(CultureInfo.InvariantCulture));
            pdf.EndRevision(XrefStyle.Table, i % 9 == 0 ? "/Root 1 0 R/Info 20 0 R" : "/Root 1 0 R");
        }

        using PdfDocument document = PdfDocument.Open(pdf.ToBytes());
        CrossReferenceTable whole = document.Objects.Table;
        CrossReferenceTable? grown = null;
        for (int missing = revisions - 1; missing >= 0; missing--)
        {
            grown = new CrossReferenceTable(document.Source, whole.Sections.Skip(missing), whole.Shift, grown);
            foreach (CrossReferenceTable table in (CrossReferenceTable[])[grown, grown.Skip((revisions - missing) / 3), grown.Skip(revisions - missing - 1)])
            {
                Assert.Equal(table.Sections.Select(section => section.Trailer["Info"]).FirstOrDefault(info => info is not null), table.MergedTrailer()["Info"]);
                for (int number = 0; number <= highest + 2; number++)
                {
                    Assert.Equal(OneByOne(table, document, number), table.Find(number));
                }
            }
        }
    }

    private static XrefEntry OneByOne(CrossReferenceTable table, PdfDocument document, int number)
    {
        foreach (XrefSection section in table.Sections)
        {
            if (section.TryFind(number, document.Source, table.Shift, out XrefEntry entry))
            {
                return entry;
            }
        }

        return XrefEntry.Free;
    }
}
