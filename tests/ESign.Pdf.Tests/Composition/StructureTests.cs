using System.Text;
using System.Text.RegularExpressions;
using ESign.Pdf.Composition;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Testing;

namespace ESign.Pdf.Tests.Composition;

/// <summary>Composed documents are tagged: who cannot see them hears headings, paragraphs, lists and tables in their order (ISO 32000-2 §14.8).</summary>
public sealed partial class StructureTests : IDisposable
{
    private static readonly DocumentInfo s_info = new() { Title = "结构" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_structure_is_what_a_reader_sees_in_reading_order()
    {
        var document = new ComposedDocument(s_info, new PageStyle { HeaderLeft = "页眉" }).Add(
            new Heading(1, "标题"),
            new Heading(2, "一节"),
            new Paragraph("一段话。"),
            Paragraph.Item("(1)", [new TextSpan("甲")]),
            Paragraph.Item("(2)", [new TextSpan("乙")]),
            Table.KeyValues([("名称", "示例")]),
            new Table([1, 1], [["列一", "列二"], [((TableCell)"通栏") with { ColumnSpan = 2 }]], headerRows: 1),
            new Table([1], [["框中文字"]]),
            new Figure(Seal.Draw(SealDesign.PersonalName("张三")).Appearance) { AlternateText = "印章：张三" });

        Assert.Equal(
            """
            Document
              H1 "标题"
              H2 "一节"
              P "一段话。"
              L
                LI
                  Lbl "(1)"
                  LBody "甲"
                LI
                  Lbl "(2)"
                  LBody "乙"
              Table
                TR
                  TH "名称"
                  TD "示例"
              Table
                TR
                  TH "列一"
                  TH "列二"
                TR
                  TD "通栏"
              P "框中文字"
              Figure ""
            """.ReplaceLineEndings("\n"),
            StructureOf(document.ToBytes()));
    }

    [Fact]
    public void A_header_repeated_on_further_pages_is_said_once_and_a_cell_cut_in_two_is_one()
    {
        string longText = string.Concat(Enumerable.Repeat("很长的一格，", 400));
        byte[] pdf = new ComposedDocument(s_info).Add(new Table([1, 3], [["项目", "内容"], ["甲", longText], ["乙", "短"]], headerRows: 1)).ToBytes();
        using PdfDocument document = PdfDocument.Open(pdf);
        Assert.True(document.PageCount > 1);
        string structure = StructureOf(pdf);
        Assert.Single(Repeated().Matches(structure));
        Assert.Equal(6, structure.Split('\n').Count(line => line.TrimStart().StartsWith("TH", StringComparison.Ordinal) || line.TrimStart().StartsWith("TD", StringComparison.Ordinal)));
        Assert.Equal(longText.Length, (structure.Split("很长的一格，").Length - 1) * 6);
    }

    [Fact]
    public void Everything_drawn_is_either_marked_or_an_artifact_and_every_mark_leads_back_to_its_element()
    {
        using PdfDocument document = PdfDocument.Open(new ComposedDocument(s_info, new PageStyle { HeaderLeft = "页眉" }).Add(
            new Heading(1, "标题"), Table.KeyValues([("名称", new string('字', 300))]), new Paragraph("完。")).ToBytes());
        Assert.True(document.Catalog["MarkInfo"] is PdfDictionary { Count: 1 } marks && marks["Marked"] is PdfBoolean { Value: true });
        var root = (PdfDictionary)document.Resolve(document.Catalog["StructTreeRoot"]);
        var numbers = (PdfArray)((PdfDictionary)document.Resolve(root["ParentTree"]))["Nums"]!;
        for (int page = 1; page <= document.PageCount; page++)
        {
            string content = Encoding.Latin1.GetString(document.Decode((PdfStream)document.Resolve(document.GetPage(page).Dictionary["Contents"])).Span);
            Assert.Equal("", Unmarked(content).Trim());
            var elements = (PdfArray)document.Resolve(numbers[(2 * (page - 1)) + 1]);
            Assert.Equal(elements.Count, Identifier().Count(content));
            Assert.All(elements, element => Assert.True(document.Resolve(element) is PdfDictionary { Count: > 2 } found && found["K"] is not PdfNull));
        }
    }

    [Fact]
    public void A_header_says_what_it_heads_and_a_figure_what_it_shows()
    {
        byte[] pdf = new ComposedDocument(s_info).Add(
            new Table([1, 1], [["甲", "乙"], [((TableCell)"丙") with { ColumnSpan = 2 }]], headerRows: 1),
            new Figure(Seal.Draw(SealDesign.PersonalName("张三")).Appearance) { AlternateText = "印章" }).ToBytes();
        string text = Encoding.Latin1.GetString(pdf);
        Assert.Equal(2, text.Split("/Scope/Column").Length - 1);
        Assert.Contains("/ColSpan 2", text, StringComparison.Ordinal);
        Assert.Contains("/Alt", text, StringComparison.Ordinal);
        Tool check = Tool.Run("qpdf", "--check", _folder.Write("tagged.pdf", pdf));
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
    }

    /// <summary>The tree with its words, as poppler reads it.</summary>
    private string StructureOf(byte[] pdf)
    {
        Tool info = Tool.Run("pdfinfo", "-struct-text", _folder.Write("structure.pdf", pdf));
        Assert.True(info.ExitCode == 0, info.Error);
        string[] lines = info.Output.ReplaceLineEndings("\n").Split('\n');
        var tree = new StringBuilder();
        foreach (string line in lines.Where(line => line.Trim().Length > 0))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith('"'))
            {
                tree.Append(' ').Append(trimmed);
            }
            else if (!trimmed.StartsWith('/'))
            {
                tree.Append(tree.Length > 0 ? "\n" : "").Append(Attributes().Replace(line.TrimEnd(), ""));
            }
        }

        return tree.Replace("\" \"", "").ToString();
    }

    private static string Unmarked(string content) => Sequence().Replace(content, "");

    [GeneratedRegex(@"/(Artifact( <<[^>]*>>)?|\w+ <</MCID \d+>>) B[DM]C\n.*?EMC\n", RegexOptions.Singleline, 5000)]
    private static partial Regex Sequence();

    [GeneratedRegex(@"/MCID \d+", RegexOptions.None, 5000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@" \((block|inline|grouping)\).*$|:$", RegexOptions.None, 5000)]
    private static partial Regex Attributes();

    [GeneratedRegex("项目", RegexOptions.None, 5000)]
    private static partial Regex Repeated();
}
