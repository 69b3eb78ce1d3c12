using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ESign.Pdf.Reporting.Layout;

namespace ESign.Pdf.Reporting;

/// <summary>Writes a report as one HTML file: no script, no request to anywhere, readable on a phone, ready to print.</summary>
/// <remarks>
/// Everything is encoded, whoever wrote it: what is not a letter or sign of the allowed blocks becomes a character
/// reference. The policy in the head (Content Security Policy level 3) lets the browser load nothing at all.
/// </remarks>
internal sealed class HtmlReportWriter
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly Lazy<string> s_style = new(LoadStyle);

    private readonly StringBuilder _html = new();

    private HtmlReportWriter()
    {
    }

    public static string Write(ReportContent content)
    {
        var writer = new HtmlReportWriter();
        writer.WriteDocument(content);
        return writer._html.ToString();
    }

    private static string LoadStyle()
    {
        using Stream stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream("ESign.Pdf.Reporting.Layout.Report.css")
            ?? throw new InvalidOperationException("the assembly lacks the style of its reports");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private void WriteDocument(ReportContent content)
    {
        _html.Append("<!DOCTYPE html>\n<html lang=\"").Append(content.Texts.Language).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"referrer\" content=\"no-referrer\">\n<title>").Append(Encode(content.Title)).Append("</title>\n<style>\n")
            .Append(s_style.Value).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(Encode(content.Title)).Append("</h1>\n");
        if (content.Mark.Length > 0)
        {
            _html.Append("<p class=\"mark\">").Append(Encode(content.Mark)).Append("</p>\n");
        }

        _html.Append("<div class=\"notice headline ").Append(ToneClass(content.Headline.Tone)).Append("\">").Append(Encode(content.Headline.Text)).Append("</div>\n");
        foreach (ReportSection section in content.Sections)
        {
            WriteSection(section);
        }

        _html.Append("</main>\n</body>\n</html>\n");
    }

    private void WriteSection(ReportSection section)
    {
        _html.Append("<section>\n");
        if (section.IsFolded)
        {
            WriteFold("h2", section.Title, section.Blocks, isOpen: false);
        }
        else
        {
            _html.Append("<h2>").Append(Encode(section.Title)).Append("</h2>\n");
            WriteBlocks(section.Blocks);
        }

        _html.Append("</section>\n");
    }

    private void WriteFold(string heading, string title, IReadOnlyList<ReportBlock> blocks, bool isOpen)
    {
        _html.Append(isOpen ? "<details open>" : "<details>")
            .Append("<summary><").Append(heading).Append('>').Append(Encode(title)).Append("</").Append(heading).Append("></summary>\n");
        WriteBlocks(blocks);
        _html.Append("</details>\n");
    }

    private void WriteBlocks(IReadOnlyList<ReportBlock> blocks)
    {
        foreach (ReportBlock block in blocks)
        {
            WriteBlock(block);
        }
    }

    private void WriteBlock(ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Fold fold:
                WriteFold("h3", fold.Title, fold.Blocks, fold.IsOpen);
                break;
            case ReportBlock.Subheading heading:
                _html.Append("<h3>").Append(Encode(heading.Text)).Append("</h3>\n");
                break;
            case ReportBlock.Prose prose:
                _html.Append(prose.IsSmall ? "<p class=\"small\">" : "<p>").Append(Encode(prose.Text)).Append("</p>\n");
                break;
            case ReportBlock.Notice notice:
                _html.Append("<div class=\"notice ").Append(ToneClass(notice.Tone)).Append("\">").Append(Encode(notice.Text)).Append("</div>\n");
                break;
            case ReportBlock.Facts facts:
                WriteFacts(facts);
                break;
            case ReportBlock.Grid grid:
                WriteGrid(grid);
                break;
            case ReportBlock.Code code:
                _html.Append("<pre>").Append(Encode(code.Text)).Append("</pre>\n");
                break;
            case ReportBlock.Picture picture:
                _html.Append("<figure>").Append(picture.Seal.ToSvg()).Append("<figcaption>").Append(Encode(picture.Caption)).Append("</figcaption></figure>\n");
                break;
        }
    }

    private void WriteFacts(ReportBlock.Facts facts)
    {
        _html.Append(facts.IsPaired ? "<dl class=\"facts\">\n" : "<dl class=\"facts list\">\n");
        foreach (IReadOnlyList<(string Name, Cell Value)> line in facts.Lines())
        {
            foreach ((string name, Cell value) in line)
            {
                _html.Append(line.Count == 1 ? "<div class=\"wide\"><dt>" : "<div><dt>").Append(Encode(name)).Append("</dt><dd>");
                WriteValue(value);
                _html.Append("</dd></div>\n");
            }
        }

        _html.Append("</dl>\n");
    }

    private void WriteGrid(ReportBlock.Grid grid)
    {
        _html.Append("<table class=\"grid\"><colgroup>");
        double sum = grid.Shares.Sum();
        foreach (double share in grid.Shares)
        {
            _html.Append(CultureInfo.InvariantCulture, $"<col style=\"width:{share / sum * 100:0.#}%\">");
        }

        _html.Append("</colgroup><thead><tr>");
        foreach (string title in grid.Header)
        {
            _html.Append("<th scope=\"col\">").Append(Encode(title)).Append("</th>");
        }

        _html.Append("</tr></thead><tbody>\n");
        foreach (IReadOnlyList<Cell> row in grid.Rows)
        {
            _html.Append("<tr>");
            for (int i = 0; i < row.Count; i++)
            {
                _html.Append("<td data-label=\"").Append(Encode(grid.Header[i])).Append("\">");
                WriteValue(row[i]);
                _html.Append("</td>");
            }

            _html.Append("</tr>\n");
        }

        _html.Append("</tbody></table>\n");
    }

    private void WriteValue(Cell cell)
    {
        string style = string.Join(' ', ((string[])[cell.Tone == Tone.Neutral ? "" : "t-" + ToneClass(cell.Tone), cell.IsCode ? "code" : "", "v"]).Where(name => name.Length > 0));
        _html.Append("<div class=\"").Append(style).Append("\">").Append(Encode(cell.Text)).Append("</div>");
        if (cell.Note.Length > 0)
        {
            _html.Append("<div class=\"note\">").Append(Encode(cell.Note)).Append("</div>");
        }
    }

    private static string ToneClass(Tone tone) => tone switch
    {
        Tone.Good => "good",
        Tone.Caution => "caution",
        Tone.Bad => "bad",
        _ => "neutral",
    };

    // Line ends stay as they are: the style shows them (white-space: pre-line).
    private static string Encode(string text) => string.Join('\n', DisplayText.CleanLines(text).Split('\n').Select(s_encoder.Encode));
}
