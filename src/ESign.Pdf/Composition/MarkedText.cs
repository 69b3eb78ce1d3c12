using System.Text.RegularExpressions;

namespace ESign.Pdf.Composition;

/// <summary>Reads the plain markup of contracts and letters into blocks.</summary>
/// <remarks>
/// A small part of Markdown, one paragraph a line: <c># title</c>, <c>## heading</c>, <c>### heading</c>;
/// <c>- item</c> and <c>(1) item</c>; <c>**bold**</c>, alone in its line the caption of what
/// follows; <c>| a | b |</c> tables with <c>|---|---:|</c> below the header,
/// whose dashes are the columns' relative widths, and without borders when all header cells are empty; <c>&lt;br&gt;</c>
/// ends a line within a cell and, alone, leaves a line free; <c>---</c> starts a page; <c>&gt; text</c> is not indented.
/// </remarks>
internal sealed partial class MarkedText
{
    private readonly ParagraphStyle _body;

    private MarkedText(ParagraphStyle body) => _body = body;

    /// <param name="text">The text with its marks.</param>
    /// <param name="body">The style of its paragraphs; indents are added where the marks ask for them.</param>
    /// <exception cref="FormatException">A table is not one.</exception>
    public static IReadOnlyList<Block> Parse(string text, ParagraphStyle? body = null) => new MarkedText(body ?? new ParagraphStyle()).Parse(text);

    private List<Block> Parse(string text)
    {
        var blocks = new List<Block>();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('|'))
            {
                int end = i;
                while (end < lines.Length && lines[end].StartsWith('|'))
                {
                    end++;
                }

                blocks.Add(ParseTable(lines.AsSpan(i, end - i)));
                i = end - 1;
            }
            else if (lines[i].Length > 0)
            {
                blocks.Add(ParseLine(lines[i]));
            }
        }

        return blocks;
    }

    private Block ParseLine(string line) => line switch
    {
        "---" => new PageBreak(),
        "<br>" => new Spacer(_body.LineHeight * _body.Text.Size),
        _ when line.StartsWith("### ", StringComparison.Ordinal) => new Heading(3, line[4..]),
        _ when line.StartsWith("## ", StringComparison.Ordinal) => new Heading(2, line[3..]),
        _ when line.StartsWith("# ", StringComparison.Ordinal) => new Heading(1, line[2..]),
        _ when Caption().IsMatch(line) => new Paragraph(Spans(line), _body with { Alignment = TextAlignment.Center, SpaceBefore = 4, KeepWithNext = true }),
        _ when line.StartsWith("> ", StringComparison.Ordinal) => new Paragraph(Spans(line[2..]), _body with { Alignment = TextAlignment.Left }),
        _ when line.StartsWith("- ", StringComparison.Ordinal) => Paragraph.Item("·", Spans(line[2..]), _body with { Indent = 3.2, LabelIndent = 2.2 }),
        _ when ItemLabel().Match(line) is { Success: true } item => ParseItem(item.Groups["label"].Value, item.Groups["text"].Value),
        _ => new Paragraph(Spans(line), _body with { FirstLineIndent = 2 }),
    };

    // 1.1 stands at the margin; (1) and （一） below it stand further in.
    private Paragraph ParseItem(string label, string text) => Paragraph.Item(
        label,
        Spans(text),
        char.IsAsciiDigit(label[0]) ? _body with { Indent = 2.6 } : _body with { Indent = 5.2, LabelIndent = 2.6 });

    private Table ParseTable(ReadOnlySpan<string> lines)
    {
        List<string[]> rows = [];
        foreach (string line in lines)
        {
            rows.Add([.. line.Trim('|').Split('|', StringSplitOptions.TrimEntries)]);
        }

        if (rows.Count < 2 || !Array.TrueForAll(rows[1], cell => cell.Length > 0 && cell.AsSpan().Trim(":-").IsEmpty))
        {
            throw new FormatException($"表格缺少分隔行：{lines[0]} / A table needs a line of dashes below its header: {lines[0]}");
        }

        TextAlignment[] alignments = [.. rows[1].Select(Alignment)];
        double[] columns = [.. rows[1].Select(cell => (double)cell.Length)];
        bool hasHeader = Array.Exists(rows[0], cell => cell.Length > 0);
        IEnumerable<string[]> shown = hasHeader ? [rows[0], .. rows.Skip(2)] : rows.Skip(2);
        return new Table(
            columns,
            [.. shown.Select(IReadOnlyList<TableCell> (row) => [.. row.Select((cell, i) => Cell(cell, alignments[Math.Min(i, alignments.Length - 1)]))])],
            hasHeader ? 1 : 0,
            hasHeader ? null : TableStyle.Borderless with { Text = _body.Text, LineHeight = _body.LineHeight });
    }

    private static TextAlignment Alignment(string dashes) => (dashes[0], dashes[^1]) switch
    {
        (':', ':') => TextAlignment.Center,
        (_, ':') => TextAlignment.Right,
        _ => TextAlignment.Left,
    };

    private static TableCell Cell(string text, TextAlignment alignment) =>
        new() { Spans = Spans(text.Replace("<br>", "\n", StringComparison.Ordinal)), Alignment = alignment };

    private static IReadOnlyList<TextSpan> Spans(string text)
    {
        string[] parts = text.Split("**");
        return [.. parts.Select((part, i) => new TextSpan(part, IsBold: i % 2 == 1)).Where(span => span.Text.Length > 0)];
    }

    [GeneratedRegex(@"^\*\*[^*]+\*\*$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Caption();

    [GeneratedRegex(@"^(?<label>(\(\d{1,3}\)|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}\.\d{1,2}))\s*(?<text>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ItemLabel();
}
