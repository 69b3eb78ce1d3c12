using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;

namespace ESign.Benchmarks;

/// <summary>The documents that are signed and verified; the same bytes on every machine.</summary>
internal static class Inputs
{
    private const string Clause =
        "甲方应当按照本合同约定的期限和方式向乙方支付服务费用。逾期支付的，每逾期一日，应当按照逾期金额的万分之五支付违约金。";

    /// <summary>One page, about 5 KB, a cross-reference table.</summary>
    public static byte[] Small { get; } = Write(pages: 1, contentBytes: 4000, imageBytes: 0, font: false);

    /// <summary>Twenty pages, about 290 KB, with an embedded font and an image.</summary>
    public static byte[] Medium { get; } = Write(pages: 20, contentBytes: 2500, imageBytes: 150_000, font: true);

    /// <summary>A thousand pages, about 20 MB.</summary>
    public static byte[] Large => s_large.Value;

    private static readonly Lazy<byte[]> s_large = new(() => Write(pages: 1000, contentBytes: 3000, imageBytes: 16_900_000, font: true));

    private static byte[] Write(int pages, int contentBytes, int imageBytes, bool font)
    {
        var output = new MemoryStream();
        using var writer = new DocumentWriter(output);
        PdfReference tree = writer.Reserve();
        (PdfReference fontReference, byte[] line) = font ? EmbeddedFont(writer) : StandardFont(writer);
        PdfReference? image = imageBytes == 0 ? null : writer.Add(Image(imageBytes));
        var kids = new List<PdfObject>(pages);
        for (int number = 1; number <= pages; number++)
        {
            PdfReference content = writer.Add(new PdfStream(PdfDictionary.Empty, Content(line, contentBytes)));
            kids.Add(writer.Add(new PdfDictionary(
                ("Type", new PdfName("Page")),
                ("Parent", tree),
                ("MediaBox", new PdfArray(0, 0, 595, 842)),
                ("Resources", new PdfDictionary(
                    ("Font", new PdfDictionary(("F1", fontReference))),
                    ("XObject", image is null ? PdfNull.Instance : new PdfDictionary(("I1", image))))),
                ("Contents", content))));
        }

        writer.Set(tree, new PdfDictionary(("Type", new PdfName("Pages")), ("Count", pages), ("Kids", new PdfArray(kids))));
        PdfReference catalog = writer.Add(new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", tree)));
        writer.Finish(new PdfDictionary(("Root", catalog)));
        return output.ToArray();
    }

    private static (PdfReference Font, byte[] Line) StandardFont(DocumentWriter writer) => (
        writer.Add(new PdfDictionary(("Type", new PdfName("Font")), ("Subtype", new PdfName("Type1")), ("BaseFont", new PdfName("Helvetica")))),
        "(The party of the first part pays the party of the second part as agreed.) Tj"u8.ToArray());

    private static (PdfReference Font, byte[] Line) EmbeddedFont(DocumentWriter writer)
    {
        var builder = new FontSubsetBuilder(BundledFont.Regular);
        byte[] codes = builder.Encode(Clause);
        return (builder.Build().Write(writer), Encoding.ASCII.GetBytes($"<{Convert.ToHexString(codes)}> Tj"));
    }

    private static byte[] Content(byte[] line, int size)
    {
        var content = new StringBuilder("BT /F1 10 Tf 14 TL 60 780 Td\n");
        string shown = Encoding.ASCII.GetString(line);
        while (content.Length < size)
        {
            content.Append(shown).Append(" T*\n");
        }

        return Encoding.ASCII.GetBytes(content.Append("ET").ToString());
    }

    /// <summary>An image that does not compress: bytes of a fixed linear congruential sequence.</summary>
    private static PdfStream Image(int bytes)
    {
        int side = (int)Math.Sqrt(bytes);
        byte[] pixels = new byte[side * side];
        uint state = 20_260_101;
        for (int i = 0; i < pixels.Length; i++)
        {
            state = (state * 1_664_525) + 1_013_904_223;
            pixels[i] = (byte)(state >> 24);
        }

        return new PdfStream(
            new PdfDictionary(
                ("Type", new PdfName("XObject")),
                ("Subtype", new PdfName("Image")),
                ("Width", side),
                ("Height", side),
                ("ColorSpace", new PdfName("DeviceGray")),
                ("BitsPerComponent", 8)),
            pixels);
    }
}
