using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Small documents to sign.</summary>
internal static class TestDocuments
{
    /// <summary>Two A4 pages with a line of text each.</summary>
    public static byte[] TwoPages() => Pages(2);

    public static byte[] Pages(int count, Func<int, PdfDictionary, PdfDictionary>? change = null)
    {
        var output = new MemoryStream();
        using var writer = new DocumentWriter(output);
        PdfReference pages = writer.Reserve();
        PdfReference font = writer.Add(new PdfDictionary(("Type", new PdfName("Font")), ("Subtype", new PdfName("Type1")), ("BaseFont", new PdfName("Helvetica"))));
        var kids = new List<PdfObject>();
        for (int number = 1; number <= count; number++)
        {
            PdfReference content = writer.Add(new PdfStream(PdfDictionary.Empty, Encoding.ASCII.GetBytes($"BT /F1 18 Tf 72 760 Td (Page {number} of the contract) Tj ET")));
            var page = new PdfDictionary(
                ("Type", new PdfName("Page")),
                ("Parent", pages),
                ("MediaBox", new PdfArray(0, 0, 595, 842)),
                ("Resources", new PdfDictionary(("Font", new PdfDictionary(("F1", font))))),
                ("Contents", content));
            kids.Add(writer.Add(change is null ? page : change(number, page)));
        }

        writer.Set(pages, new PdfDictionary(("Type", new PdfName("Pages")), ("Count", count), ("Kids", new PdfArray(kids))));
        PdfReference catalog = writer.Add(new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", pages)));
        writer.Finish(new PdfDictionary(("Root", catalog)));
        return output.ToArray();
    }
}
