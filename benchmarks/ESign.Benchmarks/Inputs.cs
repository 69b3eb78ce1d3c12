using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Syntax.Filters;

namespace ESign.Benchmarks;

/// <summary>The documents that are signed and verified; the same bytes on every machine.</summary>
internal static class Inputs
{
    /// <summary>What <see cref="Contract"/> says on every page, and what is looked for there.</summary>
    public const string Keyword = "甲方（盖章）";

    private const string Clause =
        "甲方应当按照本合同约定的期限和方式向乙方支付服务费用。逾期支付的，每逾期一日，应当按照逾期金额的万分之五支付违约金。";

    private static readonly Lazy<byte[]> s_medium = new(() => InMemory(output => new CompressedDocument(output), pages: 20, contentBytes: 60_000, imageBytes: 265_000, perPage: false, font: true));
    private static readonly Lazy<byte[]> s_large = new(() => InMemory(output => new PlainDocument(output), pages: 1000, contentBytes: 3000, imageBytes: 16_900, perPage: true, font: true));
    private static readonly Lazy<byte[]> s_template = new(() => InMemory(output => new PlainDocument(output), pages: 20, contentBytes: 3000, imageBytes: 250_000, perPage: true, font: true));
    private static readonly Lazy<byte[]> s_contract = new(() => InMemory(output => new CompressedDocument(output), pages: 100, contentBytes: 6000, imageBytes: 0, perPage: false, font: true));

    /// <summary>One page, about 5 KB, a cross-reference table.</summary>
    public static byte[] Small { get; } = InMemory(output => new PlainDocument(output), pages: 1, contentBytes: 4000, imageBytes: 0, perPage: false, font: false);

    /// <summary>Twenty pages, cross-reference stream and object streams, an embedded font and an image.</summary>
    public static byte[] Medium => s_medium.Value;

    /// <summary>A thousand pages with an image each, about 20 MB, a cross-reference table.</summary>
    public static byte[] Large => s_large.Value;

    /// <summary>Twenty pages, about 5 MB: what is sent to a thousand recipients.</summary>
    public static byte[] Template => s_template.Value;

    /// <summary>A hundred pages of Chinese text.</summary>
    public static byte[] Contract => s_contract.Value;

    /// <summary>Two thousand pages with an image that does not compress on each, about 500 MB.</summary>
    public static void WriteHuge(Stream output) =>
        Write(new PlainDocument(output), pages: 2000, contentBytes: 3000, imageBytes: 250_000, perPage: true, font: true);

    private static byte[] InMemory(Func<Stream, IBenchmarkDocument> create, int pages, int contentBytes, int imageBytes, bool perPage, bool font)
    {
        var output = new MemoryStream();
        Write(create(output), pages, contentBytes, imageBytes, perPage, font);
        return output.ToArray();
    }

    private static void Write(IBenchmarkDocument document, int pages, int contentBytes, int imageBytes, bool perPage, bool font)
    {
        IObjectSink sink = document.Objects;
        PdfReference tree = sink.Reserve();
        (PdfReference fontReference, string line, string last) = font ? EmbeddedFont(sink) : StandardFont(sink);
        var random = new ByteSequence();
        PdfReference? image = imageBytes == 0 || perPage ? null : sink.Add(Image(imageBytes, random));
        byte[] content = Content(line, last, contentBytes);
        var kids = new List<PdfObject>(pages);
        for (int number = 1; number <= pages; number++)
        {
            PdfReference? picture = perPage ? sink.Add(Image(imageBytes, random)) : image;
            PdfReference contents = sink.Add(document.Content(content));
            kids.Add(sink.Add(new PdfDictionary(
                ("Type", new PdfName("Page")),
                ("Parent", tree),
                ("MediaBox", new PdfArray(0, 0, 595, 842)),
                ("Resources", new PdfDictionary(
                    ("Font", new PdfDictionary(("F1", fontReference))),
                    ("XObject", picture is null ? PdfNull.Instance : new PdfDictionary(("I1", picture))))),
                ("Contents", contents))));
        }

        sink.Set(tree, new PdfDictionary(("Type", new PdfName("Pages")), ("Count", pages), ("Kids", new PdfArray(kids))));
        document.Finish(sink.Add(new PdfDictionary(("Type", new PdfName("Catalog")), ("Pages", tree))));
    }

    private static (PdfReference Font, string Line, string Last) StandardFont(IObjectSink sink) => (
        sink.Add(new PdfDictionary(("Type", new PdfName("Font")), ("Subtype", new PdfName("Type1")), ("BaseFont", new PdfName("Helvetica")))),
        "(The party of the first part pays the party of the second part as agreed.) Tj",
        "(Signed:) Tj");

    private static (PdfReference Font, string Line, string Last) EmbeddedFont(IObjectSink sink)
    {
        var builder = new FontSubsetBuilder(BundledFont.Regular);
        string line = $"<{Convert.ToHexString(builder.Encode(Clause))}> Tj";
        string last = $"<{Convert.ToHexString(builder.Encode(Keyword))}> Tj";
        return (builder.Build().Write(sink), line, last);
    }

    private static byte[] Content(string line, string last, int size)
    {
        var content = new StringBuilder("BT /F1 10 Tf 14 TL 60 780 Td\n");
        while (content.Length < size)
        {
            content.Append(line).Append(" T*\n");
        }

        return Encoding.ASCII.GetBytes(content.Append(last).Append(" ET").ToString());
    }

    /// <summary>An image that does not compress.</summary>
    private static PdfStream Image(int bytes, ByteSequence random)
    {
        int side = (int)Math.Sqrt(bytes);
        byte[] pixels = new byte[side * side];
        random.Fill(pixels);
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

    /// <summary>The high bytes of a fixed linear congruential sequence.</summary>
    private sealed class ByteSequence
    {
        private uint _state = 20_260_101;

        public void Fill(Span<byte> bytes)
        {
            foreach (ref byte b in bytes)
            {
                _state = (_state * 1_664_525) + 1_013_904_223;
                b = (byte)(_state >> 24);
            }
        }
    }

    private interface IBenchmarkDocument
    {
        IObjectSink Objects { get; }

        PdfStream Content(byte[] content);

        void Finish(PdfReference catalog);
    }

    private sealed class PlainDocument(Stream output) : IBenchmarkDocument
    {
        private readonly DocumentWriter _writer = new(output);

        public IObjectSink Objects => _writer;

        public PdfStream Content(byte[] content) => new(PdfDictionary.Empty, content);

        public void Finish(PdfReference catalog)
        {
            _writer.Finish(new PdfDictionary(("Root", catalog)));
            _writer.Dispose();
        }
    }

    private sealed class CompressedDocument(Stream output) : IBenchmarkDocument
    {
        private readonly ObjectStreamWriter _writer = new(output);

        public IObjectSink Objects => _writer;

        public PdfStream Content(byte[] content) => new(new PdfDictionary(("Filter", new PdfName("FlateDecode"))), FlateFilter.Encode(content));

        public void Finish(PdfReference catalog) => _writer.Finish(catalog);
    }
}
