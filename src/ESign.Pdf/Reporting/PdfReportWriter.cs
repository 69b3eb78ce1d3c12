using System.Text;
using ESign.Pdf.Composition;
using ESign.Pdf.Fonts;
using ESign.Pdf.Reporting.Layout;

namespace ESign.Pdf.Reporting;

/// <summary>Writes a report as PDF/A-3b with its font and its data inside, ready to be signed.</summary>
internal static class PdfReportWriter
{
    /// <summary>So many facts take less than half a page, and are not torn apart.</summary>
    private const int MaximumKeptTogether = 12;

    private static readonly RgbColor s_good = new(0.09, 0.41, 0.23);
    private static readonly RgbColor s_caution = new(0.54, 0.35, 0);
    private static readonly RgbColor s_bad = new(0.65, 0.11, 0.11);

    private static readonly TableStyle s_table = new() { Text = new TextStyle { Size = 9 }, LineHeight = 1.45, Padding = 3.5 };
    private static readonly ParagraphStyle s_body = new() { LineHeight = 1.6, SpaceAfter = 5 };
    private static readonly TextStyle s_small = new() { Size = 9, Color = RgbColor.Gray };
    private static readonly TextStyle s_note = new() { Size = 8, Color = RgbColor.Gray };
    private static readonly TextStyle s_code = new() { Size = 8 };

    /// <summary>What stands for characters the font lacks.</summary>
    public static Rune Replacement { get; } = new(BundledFont.Regular.Contains('□') ? '□' : '?');

    public static byte[] Write(ReportContent content)
    {
        var info = new DocumentInfo { Title = content.Title, Subject = content.Mark, Author = "ESign", Language = content.Texts.Language, Created = content.Created };
        var style = new PageStyle
        {
            MarginLeft = 56,
            MarginRight = 56,
            MarginTop = 64,
            MarginBottom = 58,
            HeaderLeft = content.Title,
            HeaderRight = content.Mark,
            Footer = content.Texts["footer"],
        };
        var document = new ComposedDocument(info, style) { Replacement = Replacement };
        document.Add(new Heading(1, content.Title), Boxed(content.Headline, 11.5));
        foreach (ReportSection section in content.Sections)
        {
            document.Add(new Heading(2, Clean(section.Title)));
            foreach (ReportBlock block in section.Blocks)
            {
                Add(document, block);
            }
        }

        foreach (AttachedFile file in content.Attachments)
        {
            document.Attach(file);
        }

        return document.ToBytes();
    }

    private static void Add(ComposedDocument document, ReportBlock block)
    {
        switch (block)
        {
            case ReportBlock.Subheading heading:
                document.Add(new Heading(3, Clean(heading.Text)));
                break;
            case ReportBlock.Prose prose:
                document.Add(new Paragraph(Clean(prose.Text), s_body with { Text = prose.IsSmall ? s_small : s_body.Text, KeepWithNext = prose.LeadsIn }));
                break;
            case ReportBlock.Notice notice:
                document.Add(Boxed(notice, 10));
                break;
            case ReportBlock.Fold fold:
                Add(document, new ReportBlock.Subheading(fold.Title));
                foreach (ReportBlock inner in fold.Blocks)
                {
                    Add(document, inner);
                }

                break;
            case ReportBlock.Facts { IsPaired: true } facts:
                document.Add(Paired(facts));
                break;
            case ReportBlock.Facts { Items.Count: > 0 } facts:
                document.Add(Table.KeyValues(facts.Items.Select(item => (Clean(item.Name), Set(item.Value))), nameShare: 0.24, s_table));
                break;
            case ReportBlock.Grid grid:
                document.Add(new Table(
                    grid.Shares,
                    [[.. grid.Header.Select(title => (TableCell)Clean(title))], .. grid.Rows.Select(IReadOnlyList<TableCell> (row) => [.. row.Select(Set)])],
                    headerRows: 1,
                    s_table));
                break;
            case ReportBlock.Code code:
                document.Add(new Paragraph(Clean(code.Text), s_body with { Text = s_code, Alignment = TextAlignment.Left, LineHeight = 1.3 }));
                break;
            case ReportBlock.Picture picture:
                document.Add(
                    new Spacer(6),
                    new Figure(picture.Seal.Appearance, TextAlignment.Center, Length.FromMillimeters(28).Points) { AlternateText = Clean(picture.Caption) },
                    new Paragraph(Clean(picture.Caption), s_body with { Text = s_note, Alignment = TextAlignment.Center }));
                break;
        }
    }

    private static Table Paired(ReportBlock.Facts facts) => new(
        [0.17, 0.33, 0.17, 0.33],
        [.. facts.Lines().Select(IReadOnlyList<TableCell> (line) => [.. line.SelectMany(item => (TableCell[])
        [
            ((TableCell)Clean(item.Name)) with { IsShaded = true, IsRowHeader = true },
            Set(item.Value) with { ColumnSpan = line.Count == 1 ? 3 : 1 },
        ])])],
        style: s_table with { KeepTogether = facts.Items.Count <= MaximumKeptTogether });

    private static Table Boxed(ReportBlock.Notice notice, double size)
    {
        var text = new TextStyle { Size = size, IsBold = notice.Tone != Tone.Neutral, Color = Color(notice.Tone) };
        var cell = new TableCell { Spans = [new TextSpan(Clean(notice.Text), text)], IsShaded = true };
        return new Table([1], [[cell]], style: s_table with { Padding = 7, LineHeight = 1.55, Text = text, KeepWithNext = notice.LeadsIn });
    }

    private static TableCell Set(Cell cell)
    {
        TextStyle style = (cell.IsCode ? s_code : s_table.Text) with { Color = Color(cell.Tone), IsBold = cell.Tone != Tone.Neutral };
        var value = new TextSpan(Clean(cell.Text), style);
        return new TableCell { Spans = cell.Note.Length == 0 ? [value] : cell.Text.Length == 0 ? [new TextSpan(Clean(cell.Note), s_note)] : [value, new TextSpan("\n" + Clean(cell.Note), s_note)] };
    }

    private static RgbColor Color(Tone tone) => tone switch
    {
        Tone.Good => s_good,
        Tone.Caution => s_caution,
        Tone.Bad => s_bad,
        _ => RgbColor.Black,
    };

    private static string Clean(string text) => DisplayText.CleanLines(text);
}
