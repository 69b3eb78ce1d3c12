using System.Globalization;
using ESign.Pdf.Document;
using ESign.Pdf.Verification;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Verification.Modifications;

/// <summary>A large form is read anew for every revision, and kept for none.</summary>
public class ManyRevisionsTests
{
    private const int Fields = 2000;
    private const int Revisions = 150;
    private const int First = 100;

    /// <summary>What one revision's form would keep is some half megabyte.</summary>
    private const long Kept = 30L << 20;

    [Fact]
    public void Looking_for_signatures_keeps_no_form_of_older_revisions()
    {
        using PdfDocument document = PdfDocument.Open(new MemoryStream(Written(Revisions)));
        var history = new DocumentHistory(document);
        long before = GC.GetTotalMemory(forceFullCollection: true);

        Assert.Empty(new SignatureFinder(document, history).Find());

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Kept);
        Assert.Equal(Revisions + 1, history.Count);
    }

    private static byte[] Written(int revisions)
    {
        string fields = string.Join(' ', Enumerable.Range(First, Fields).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number} 0 R")));
        TestPdf pdf = new TestPdf()
            .Object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>")
            .Object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
            .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>")
            .Object(4, $"<</Fields[{fields}]>>");
        for (int i = 0; i < Fields; i++)
        {
            pdf.Object(First + i, string.Create(CultureInfo.InvariantCulture, $"<</FT/Tx/T(f{i})>>"));
        }

        pdf.EndRevision(XrefStyle.Table, "/Root 1 0 R");
        for (int i = 0; i < revisions; i++)
        {
            pdf.Object(5, string.Create(CultureInfo.InvariantCulture, $"{i}")).EndRevision(XrefStyle.Table, "/Root 1 0 R");
        }

        return pdf.ToBytes();
    }
}
