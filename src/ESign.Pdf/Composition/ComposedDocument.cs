using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>A new document: blocks set one below the other on as many pages as they need.</summary>
/// <remarks>
/// Written as PDF/A-3b (ISO 19005-3): one embedded font, sRGB output intent, XMP, attachments with their relationship.
/// Tagged (ISO 32000-2 §14.8): headings, paragraphs, lists, tables with their headers and figures with their words, in
/// reading order; what pages repeat is marked as an artifact.
/// The same contents give the same bytes. A character the font lacks is a <see cref="MissingGlyphException"/>,
/// unless <see cref="Replacement"/> stands in for it.
/// </remarks>
internal sealed class ComposedDocument(DocumentInfo info, PageStyle? style = null)
{
    private const double HeaderSize = 8.5;

    private readonly PageStyle _style = style ?? new PageStyle();
    private readonly List<Block> _blocks = [];
    private readonly List<AttachedFile> _attachments = [];

    /// <summary>The font; the bundled one unless another is given.</summary>
    public TrueTypeFont? Font { get; init; }

    /// <summary>The character shown for those the font lacks – letters lose their marks first –, where text comes from elsewhere; without it they are an error.</summary>
    public Rune? Replacement { get; init; }

    public ComposedDocument Add(params ReadOnlySpan<Block> blocks)
    {
        _blocks.AddRange(blocks);
        return this;
    }

    public ComposedDocument Attach(AttachedFile file)
    {
        _attachments.Add(file);
        return this;
    }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        Write(stream);
        return stream.ToArray();
    }

    public void Write(Stream stream)
    {
        using var writer = new DocumentWriter(stream);
        var font = new FontSubsetBuilder(Font ?? BundledFont.Regular, Replacement);
        var flow = new PageFlow(_style, font, writer);
        for (int i = 0; i < _blocks.Count; i++)
        {
            flow.NextNeeds = _blocks[i].StaysWithNext ? HeightToBegin(i + 1, flow) : 0;
            _blocks[i].Compose(flow);
        }

        DrawHeadersAndFooters(flow);
        PdfReference catalog = WriteCatalog(writer, flow, font, out byte[] digest);
        PdfObject id = PdfString.Hex(digest.AsMemory(0, 16));
        writer.Finish(new PdfDictionary(("Root", catalog), ("Info", writer.Add(DocumentMetadata.InfoDictionary(info))), ("ID", new PdfArray(id, id))));
    }

    /// <summary>What the blocks from here on need to begin: those that stay with the next one, and that one.</summary>
    private double HeightToBegin(int index, PageFlow flow)
    {
        double height = 0;
        for (; index < _blocks.Count && _blocks[index].StaysWithNext; index++)
        {
            height += _blocks[index].HeightToBegin(flow);
        }

        return index < _blocks.Count ? height + _blocks[index].HeightToBegin(flow) : height;
    }

    private void DrawHeadersAndFooters(PageFlow flow)
    {
        var small = new ParagraphStyle { Text = new TextStyle { Size = HeaderSize, Color = RgbColor.Gray }, LineHeight = 1.2 };
        double top = (_style.MarginTop / 2) - 2;
        double bottom = _style.Height - (_style.MarginBottom / 2) - HeaderSize;
        for (int page = 0; page < flow.Pages.Count; page++)
        {
            PageCanvas canvas = flow.Pages[page];
            using (canvas.MarkArtifact("<</Type/Pagination/Subtype/Header>>"))
            {
                Draw(canvas, _style.HeaderLeft, TextAlignment.Left, top);
                Draw(canvas, _style.HeaderRight, TextAlignment.Right, top);
                if (_style.HeaderLeft.Length + _style.HeaderRight.Length > 0)
                {
                    canvas.DrawRule(_style.MarginLeft, top + 14, _style.Width - _style.MarginRight, top + 14, 0.4, RgbColor.Gray);
                }
            }

            using MarkedSequence footer = canvas.MarkArtifact("<</Type/Pagination/Subtype/Footer>>");
            Draw(canvas, string.Format(CultureInfo.InvariantCulture, _style.Footer, page + 1, flow.Pages.Count), TextAlignment.Center, bottom);
        }

        void Draw(PageCanvas canvas, string text, TextAlignment alignment, double y)
        {
            if (text.Length > 0)
            {
                TextBox box = TextBox.Create(flow.Shaper, [new TextSpan(text)], small with { Alignment = alignment }, _style.BodyWidth);
                box.Draw(canvas, _style.MarginLeft, y, 0, 1);
            }
        }
    }

    private PdfReference WriteCatalog(DocumentWriter writer, PageFlow flow, FontSubsetBuilder font, out byte[] digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] metadata = DocumentMetadata.Xmp(info);
        hash.AppendData(metadata);
        PdfReference fontReference = font.Build().Write(writer);
        PdfReference pages = writer.Reserve();
        var kids = new List<PdfReference>();
        foreach (PageCanvas canvas in flow.Pages)
        {
            byte[] content = canvas.Content;
            hash.AppendData(content);
            kids.Add(writer.Add(new PdfDictionary(
                ("Type", new PdfName("Page")),
                ("Parent", pages),
                ("MediaBox", new PdfArray(0, 0, _style.Width, _style.Height)),
                ("Resources", canvas.Resources(fontReference)),
                ("StructParents", kids.Count),
                ("Tabs", new PdfName("S")),
                ("Contents", writer.Add(Compress(content, PdfDictionary.Empty))))));
        }

        writer.Set(pages, new PdfDictionary(("Type", new PdfName("Pages")), ("Kids", new PdfArray(kids)), ("Count", kids.Count)));
        var catalog = new PdfDictionary(
            ("Type", new PdfName("Catalog")),
            ("Pages", pages),
            ("Lang", PdfString.Text(info.Language)),
            ("MarkInfo", new PdfDictionary(("Marked", true))),
            ("StructTreeRoot", StructureTree.Write(writer, flow.Structure, flow.Pages, kids)),
            ("ViewerPreferences", new PdfDictionary(("DisplayDocTitle", true))),
            ("Metadata", writer.Add(new PdfStream(new PdfDictionary(("Type", new PdfName("Metadata")), ("Subtype", new PdfName("XML"))), metadata))),
            ("OutputIntents", new PdfArray(OutputIntent(writer))));
        if (flow.Outline.Count > 0)
        {
            catalog = catalog.With("Outlines", OutlineWriter.Write(writer, flow.Outline, kids, _style.Height));
        }

        foreach (AttachedFile file in _attachments)
        {
            hash.AppendData(file.Content.Span);
        }

        digest = hash.GetHashAndReset();
        return writer.Add(AttachmentWriter.AddTo(catalog, writer, _attachments));
    }

    // ISO 19005-3 §6.2.3: DeviceRGB is what this profile says.
    private static PdfDictionary OutputIntent(DocumentWriter writer)
    {
        PdfReference profile = writer.Add(Compress(SrgbProfile.Bytes.Span, new PdfDictionary(("N", 3))));
        return new PdfDictionary(
            ("Type", new PdfName("OutputIntent")),
            ("S", new PdfName("GTS_PDFA1")),
            ("OutputConditionIdentifier", PdfString.Text("sRGB IEC61966-2.1")),
            ("Info", PdfString.Text("sRGB IEC61966-2.1")),
            ("DestOutputProfile", profile));
    }

    internal static PdfStream Compress(ReadOnlySpan<byte> bytes, PdfDictionary entries)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return new PdfStream(entries.With("Filter", new PdfName("FlateDecode")), compressed.ToArray());
    }
}
