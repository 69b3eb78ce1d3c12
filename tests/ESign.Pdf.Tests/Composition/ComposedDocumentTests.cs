using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ESign.Pdf.Composition;
using ESign.Pdf.Document;
using ESign.Pdf.Fonts;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Testing;

namespace ESign.Pdf.Tests.Composition;

public sealed partial class ComposedDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly DocumentInfo Info = new() { Title = "测试 <1> & 文档", Author = "甲方" };

    [Fact]
    public void The_same_contents_give_the_same_bytes() => Assert.Equal(LongTable().ToBytes(), LongTable().ToBytes());

    [Fact]
    public void Header_rows_are_repeated_and_pages_are_counted()
    {
        string[] pages = ExtractedText.Of(LongTable().ToBytes()).TrimEnd('\f').Split('\f');
        Assert.True(pages.Length >= 3);
        for (int i = 0; i < pages.Length; i++)
        {
            Assert.Contains("序号", pages[i], StringComparison.Ordinal);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"第 {i + 1} 页 / 共 {pages.Length} 页"), pages[i], StringComparison.Ordinal);
        }

        string all = string.Concat(pages);
        for (int row = 1; row <= 60; row++)
        {
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"条目{row}。"), all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_row_higher_than_a_page_goes_on_over_its_end_and_loses_nothing()
    {
        string text = string.Concat(Enumerable.Range(0, 600).Select(i => string.Create(CultureInfo.InvariantCulture, $"第{i}句。")));
        byte[] pdf = new ComposedDocument(Info).Add(new Table([1, 1, 2], [["a", "b", "c"], ["短", text, "中"]], headerRows: 1)).ToBytes();
        string extracted = ExtractedText.WithoutSpaces(ExtractedText.Of(pdf));
        Assert.True(ExtractedText.Of(pdf).Count(c => c == '\f') >= 3);
        for (int i = 0; i < 600; i++)
        {
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{i}句"), extracted, StringComparison.Ordinal);
        }

        AssertInsideMargins(pdf);
    }

    [Fact]
    public void Nothing_stands_outside_the_margins()
    {
        var document = new ComposedDocument(Info).Add(
            new Heading(1, "一个长得必须换行的标题：关于摘要值、证书指纹和没有空格的长字符串在窄列中的排版"),
            new Paragraph("摘要 " + new string('f', 200) + " 完。"),
            Table.KeyValues([("SHA-256", new string('A', 64)), ("网址", "https://example.org/" + new string('x', 90)), ("中文", new string('字', 90))]),
            new Table([1, 1, 1, 1, 1, 1], [[.. Enumerable.Repeat((TableCell)"1234567890ABCDEF", 6)]]));
        AssertInsideMargins(document.ToBytes());
    }

    [Fact]
    public void A_page_keeps_two_lines_of_a_paragraph_or_none()
    {
        var document = new ComposedDocument(Info, new PageStyle { Footer = "" });
        for (int i = 0; i < 40; i++)
        {
            document.Add(new Paragraph(string.Create(CultureInfo.InvariantCulture, $"始{i}") + new string('中', 90)));
        }

        foreach (string page in ExtractedText.Of(document.ToBytes()).TrimEnd('\f').Split('\f'))
        {
            string[] lines = page.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.DoesNotContain("始", lines[^1], StringComparison.Ordinal); // not the first line alone at the end
            Assert.True(lines[0].Contains('始', StringComparison.Ordinal) || !lines[1].Contains('始', StringComparison.Ordinal)); // not the last alone at the top
        }
    }

    [Fact]
    public void A_character_without_glyph_is_an_error_that_names_it()
    {
        var document = new ComposedDocument(Info).Add(new Paragraph("喜欢😀"));
        Assert.Equal(0x1F600, Assert.Throws<MissingGlyphException>(document.ToBytes).CodePoint);
    }

    [Fact]
    public void Metadata_says_the_same_twice_and_claims_PdfA_3b()
    {
        var created = new DateTimeOffset(2026, 11, 20, 10, 30, 0, TimeSpan.FromHours(8));
        using PdfDocument pdf = PdfDocument.Open(new ComposedDocument(Info with { Created = created, Keywords = "合同" }).Add(new Paragraph("甲")).ToBytes());
        var metadata = (PdfStream)pdf.Resolve(pdf.Catalog["Metadata"]);
        XDocument xmp = XDocument.Parse(Encoding.UTF8.GetString(pdf.Decode(metadata).Span));
        Assert.Equal("测试 <1> & 文档", xmp.Descendants(XName.Get("title", "http://purl.org/dc/elements/1.1/")).Single().Value);
        Assert.Equal("2026-11-20T10:30:00+08:00", xmp.Descendants(XName.Get("CreateDate", "http://ns.adobe.com/xap/1.0/")).Single().Value);
        Assert.Equal("3", xmp.Descendants(XName.Get("part", "http://www.aiim.org/pdfa/ns/id/")).Single().Value);
        Assert.Equal("B", xmp.Descendants(XName.Get("conformance", "http://www.aiim.org/pdfa/ns/id/")).Single().Value);
        var info = (PdfDictionary)pdf.Resolve(pdf.Trailer["Info"]);
        Assert.Equal("测试 <1> & 文档", ((PdfString)info["Title"]!).ToText());
        Assert.Equal("D:20261120103000+08'00'", ((PdfString)info["CreationDate"]!).ToText());
    }

    [Fact]
    public void The_output_intent_holds_an_ICC_profile_of_the_length_it_says()
    {
        byte[] profile = SrgbProfile.Bytes.ToArray();
        Assert.Equal(profile.Length, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(profile));
        Assert.Equal("acsp", Encoding.ASCII.GetString(profile, 36, 4));
        Assert.InRange(profile.Length, 300, 700);
        using PdfDocument pdf = PdfDocument.Open(new ComposedDocument(Info).Add(new Paragraph("甲")).ToBytes());
        var intent = (PdfDictionary)pdf.Resolve(((PdfArray)pdf.Resolve(pdf.Catalog["OutputIntents"]))[0]);
        Assert.Equal(profile, pdf.Decode((PdfStream)pdf.Resolve(intent["DestOutputProfile"])).ToArray());
    }

    [Fact]
    public void An_attached_file_comes_back_and_says_what_it_is_to_the_document()
    {
        byte[] json = "{\"结论\":\"有效\"}"u8.ToArray();
        string path = Write(new ComposedDocument(Info).Add(new Paragraph("见附件。"))
            .Attach(new AttachedFile { Name = "report.json", Content = json, MediaType = "application/json", Description = "机器可读" }).ToBytes());
        Assert.Contains("1: report.json", Tool.Run("pdfdetach", "-list", path).Output, StringComparison.Ordinal);
        string saved = path + ".json";
        Assert.Equal(0, Tool.Run("pdfdetach", "-save", "1", "-o", saved, path).ExitCode);
        Assert.Equal(json, File.ReadAllBytes(saved));
        using PdfDocument pdf = PdfDocument.Open(File.ReadAllBytes(path));
        var specification = (PdfDictionary)pdf.Resolve(((PdfArray)pdf.Resolve(pdf.Catalog["AF"]))[0]);
        Assert.Equal(new PdfName("Data"), specification["AFRelationship"]);
    }

    [Theory]
    [InlineData(100, 50, null, 100, 50)]
    [InlineData(1000, 500, null, 435, 217.5)] // too wide for the margins
    [InlineData(100, 2000, null, 34.7, 694)] // too high for a page
    [InlineData(100, 50, 200.0, 200, 100)] // as wide as asked
    public void A_figure_keeps_its_ratio_and_stays_on_the_page(double naturalWidth, double naturalHeight, double? asked, double width, double height)
    {
        var style = new PageStyle();
        (double fittedWidth, double fittedHeight) = new Figure(new Blank(naturalWidth, naturalHeight), width: asked).Fit(style.BodyWidth, style.BodyHeight);
        Assert.Equal(width, fittedWidth, precision: 6);
        Assert.Equal(height, fittedHeight, precision: 6);
    }

    [Fact]
    public void A_figure_on_two_pages_is_one_object()
    {
        var blank = new Blank(100, 400);
        byte[] pdf = new ComposedDocument(Info).Add(new Figure(blank), new Figure(blank), new Table([1], [[new TableCell { Figure = new Figure(blank) }]])).ToBytes();
        Assert.Single(FormXObject().Matches(Encoding.Latin1.GetString(pdf)));
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.Equal(3, document.PageCount);
    }

    [Fact]
    public void Headings_become_bookmarks_in_a_tree()
    {
        string path = Write(new ComposedDocument(Info).Add(new Heading(1, "题"), new Heading(2, "甲"), new Heading(3, "甲一"), new Heading(2, "乙")).ToBytes());
        string outline = Tool.Run("mutool", "show", path, "outline").Output;
        Assert.Equal(["题", "甲", "甲一", "乙"], Quoted().Matches(outline).Select(m => m.Groups[1].Value));
    }

    [Fact]
    public void Witnesses_find_nothing_wrong_and_the_font_embedded_subset_and_with_unicode()
    {
        string path = Write(LongTable().ToBytes());
        Tool qpdf = Tool.Run("qpdf", "--check", path);
        Assert.True(qpdf.ExitCode == 0, qpdf.Output + qpdf.Error);
        Tool mutool = Tool.Run("mutool", "draw", "-r", "20", "-o", path + ".png", path, "1");
        string complaints = mutool.Error.Replace("warning: ICC support is not available", "", StringComparison.Ordinal); // about itself
        Assert.True(mutool.ExitCode == 0 && !complaints.Contains("warning", StringComparison.Ordinal) && !complaints.Contains("error", StringComparison.Ordinal), mutool.Error);
        string fonts = Tool.Run("pdffonts", path).Output;
        Assert.Matches(@"[A-Z]{6}\+NotoSerifSC-Regular\s+CID TrueType\s+Identity-H\s+yes yes yes", fonts);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Neither_the_first_nor_the_last_row_of_a_table_stands_alone_on_a_page(int rows)
    {
        for (int above = 44; above < 60; above++)
        {
            IEnumerable<IReadOnlyList<TableCell>> body = Enumerable.Range(1, rows).Select(IReadOnlyList<TableCell> (i) => [$"row{i}."]);
            byte[] pdf = new ComposedDocument(Info).Add(new Spacer(above * 12), new Table([1], [["head"], .. body], headerRows: 1)).ToBytes();
            string[] pages = [.. ExtractedText.Of(pdf).TrimEnd('\f').Split('\f').Where(page => page.Contains("row", StringComparison.Ordinal))];
            Assert.All(pages, page => Assert.True(page.Split("row").Length > 2, $"{above}: one row alone\n{page}"));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_leads_in_a_table_stands_on_its_page(bool boxed)
    {
        for (int above = 44; above < 60; above++)
        {
            IReadOnlyList<TableCell>[] body = [["head"], [string.Join('\n', Enumerable.Repeat("line", 8))]];
            byte[] pdf = new ComposedDocument(Info)
                .Add(
                    new Spacer(above * 12),
                    boxed ? new Table([1], [["leads in"]], style: new TableStyle { KeepWithNext = true }) : new Paragraph("leads in", new ParagraphStyle { KeepWithNext = true }),
                    new Table([1], body, headerRows: 1))
                .ToBytes();
            Assert.Contains(ExtractedText.Of(pdf).Split('\f'), page => page.Contains("leads in", StringComparison.Ordinal) && page.Contains("line", StringComparison.Ordinal));
        }
    }

    private static ComposedDocument LongTable()
    {
        IReadOnlyList<TableCell> header = ["序号", "说明", "金额"];
        IEnumerable<IReadOnlyList<TableCell>> rows = Enumerable.Range(1, 60).Select(IReadOnlyList<TableCell> (i) =>
        [
            i.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"条目{i}。") + new string('长', i),
            new TableCell { Spans = ["1,000.00"], Alignment = TextAlignment.Right },
        ]);
        return new ComposedDocument(Info).Add(new Heading(2, "清单"), new Table([1, 4, 2], [header, .. rows], headerRows: 1));
    }

    private void AssertInsideMargins(byte[] pdf)
    {
        string boxes = Tool.Run("pdftotext", "-bbox", Write(pdf), "-").Output;
        MatchCollection words = Word().Matches(boxes);
        Assert.NotEmpty(words);
        foreach (Match word in words)
        {
            double Value(string name) => double.Parse(word.Groups[name].Value, CultureInfo.InvariantCulture);
            Assert.True(Value("xMin") >= 79.9 && Value("xMax") <= 515.1, word.Value);
            Assert.True(Value("yMax") <= 842 - 72 + 4 || word.Value.Contains('页', StringComparison.Ordinal) || Value("yMin") > 790, word.Value);
        }
    }

    private string Write(byte[] pdf) => _folder.Write("test.pdf", pdf);

    [GeneratedRegex(@"<word xMin=""(?<xMin>[\d.-]+)"" yMin=""(?<yMin>[\d.-]+)"" xMax=""(?<xMax>[\d.-]+)"" yMax=""(?<yMax>[\d.-]+)"">[^<]*")]
    private static partial Regex Word();

    /// <summary>An appearance that draws nothing.</summary>
    private sealed class Blank(double width, double height) : Appearance(width, height)
    {
        protected override PdfReference WriteForm(IObjectSink sink) => sink.Add(new PdfStream(FormDictionary(PdfDictionary.Empty), ReadOnlyMemory<byte>.Empty));
    }

    [GeneratedRegex("/Subtype */Form")]
    private static partial Regex FormXObject();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Quoted();
}
