using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals;

/// <summary>Writes a PDF whose only page is one appearance, in its natural size.</summary>
internal static class SealDocument
{
    public static void Write(Appearance appearance, Stream output)
    {
        using var writer = new DocumentWriter(output);
        PdfReference catalog = writer.Reserve();
        PdfReference pages = writer.Reserve();
        PdfReference form = appearance.Write(writer);
        PdfReference contents = writer.Add(new ContentBuilder().Draw("S").ToStream(PdfDictionary.Empty));
        PdfReference page = writer.Add(new PdfDictionary(
            ("Type", new PdfName("Page")),
            ("Parent", pages),
            ("MediaBox", new PdfArray(0, 0, appearance.Width, appearance.Height)),
            ("Resources", new PdfDictionary(("XObject", new PdfDictionary(("S", form))))),
            ("Contents", contents)));
        writer.Set(pages, new PdfDictionary(("Type", new PdfName("Pages")), ("Kids", new PdfArray(page)), ("Count", 1)));
        writer.Set(catalog, new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", pages)));
        writer.Finish(new PdfDictionary(("Root", catalog)));
    }
}
