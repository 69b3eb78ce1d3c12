using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Testing;

namespace ESign.Pdf.Tests.Document;

/// <summary>A whole new file, byte for byte, and what the witnesses say of it.</summary>
public sealed class DocumentWriterTests
{
    [Fact]
    public void A_one_page_file_is_clean_for_the_witnesses()
    {
        var stream = new MemoryStream();
        using (var writer = new DocumentWriter(stream))
        {
            PdfReference pages = writer.Reserve();
            PdfReference page = writer.Add(new PdfDictionary(("Type", new PdfName("Page")), ("Parent", pages), ("MediaBox", new PdfArray(0, 0, 595, 842)), ("Resources", PdfDictionary.Empty)));
            writer.Set(pages, new PdfDictionary(("Type", new PdfName("Pages")), ("Kids", new PdfArray(page)), ("Count", 1)));
            PdfReference root = writer.Add(new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", pages)));
            writer.Finish(new PdfDictionary(("Root", root)));
        }

        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".pdf");
        File.WriteAllBytes(path, stream.ToArray());
        try
        {
            Tool check = Tool.Run("qpdf", "--check", path);
            Assert.True(check.ExitCode == 0, check.Output + check.Error);
            Assert.Contains("Pages:           1", Tool.Run("pdfinfo", path).Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
