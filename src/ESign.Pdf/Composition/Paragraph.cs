namespace ESign.Pdf.Composition;

/// <summary>A paragraph, or with a label an item of a list.</summary>
internal sealed class Paragraph(IReadOnlyList<TextSpan> spans, ParagraphStyle? style = null, string label = "") : Block
{
    private readonly ParagraphStyle _style = style ?? new ParagraphStyle();

    public Paragraph(string text, ParagraphStyle? style = null)
        : this([new TextSpan(text)], style)
    {
    }

    /// <summary>What it is in the document's structure; an item of a list is one whatever this says.</summary>
    public string Role { get; init; } = "P";

    /// <summary>An item of a list: the label stands in the indent, the lines beside it.</summary>
    public static Paragraph Item(string label, IReadOnlyList<TextSpan> spans, ParagraphStyle? style = null)
    {
        ParagraphStyle given = style ?? new ParagraphStyle();
        return new Paragraph(spans, given with { Indent = Math.Max(given.Indent, 2), FirstLineIndent = 0 }, label);
    }

    internal override bool StaysWithNext => _style.KeepWithNext;

    internal override double HeightToBegin(PageFlow flow) => StaysWithNext
        ? _style.SpaceBefore + Lines(flow).Height + _style.SpaceAfter
        : _style.SpaceBefore + (2 * _style.LineHeight * _style.Text.Size);

    internal override void Compose(PageFlow flow)
    {
        TextBox box = Lines(flow);
        flow.Skip(_style.SpaceBefore);
        if (_style.KeepWithNext)
        {
            flow.EnsureSpace(Math.Min(box.Height + Math.Max(4 * box.LineHeight, _style.SpaceAfter + flow.NextNeeds), flow.Style.BodyHeight));
        }

        StructureElement? item = label.Length > 0 ? ListOf(flow).Add(new StructureElement("LI")) : null;
        StructureElement? itemLabel = item?.Add(new StructureElement("Lbl"));
        StructureElement body = item?.Add(new StructureElement("LBody")) ?? flow.Structure.Add(new StructureElement(Role));
        for (int first = 0; first < box.Lines.Count;)
        {
            int count = LinesHere(flow, box, first);
            if (count == 0)
            {
                flow.NewPage();
                continue;
            }

            if (first == 0 && itemLabel is not null)
            {
                using MarkedSequence marked = flow.Canvas.Mark(itemLabel);
                TextBox mark = TextBox.Create(flow.Shaper, [new TextSpan(label)], _style with { Alignment = TextAlignment.Left }, flow.Style.BodyWidth);
                mark.Draw(flow.Canvas, flow.Style.MarginLeft + (_style.LabelIndent * _style.Text.Size), flow.Y, 0, 1);
            }

            using (flow.Canvas.Mark(body))
            {
                box.Draw(flow.Canvas, flow.Style.MarginLeft + Indent, flow.Y, first, count);
            }

            flow.Advance(count * box.LineHeight);
            first += count;
        }

        flow.Skip(_style.SpaceAfter);
    }

    private double Indent => _style.Indent * _style.Text.Size;

    private TextBox Lines(PageFlow flow) => TextBox.Create(flow.Shaper, spans, _style, flow.Style.BodyWidth - Indent);

    // Items that follow one another are one list.
    private static StructureElement ListOf(PageFlow flow) =>
        flow.Structure.Children is [.., { Type: "L" } last] ? last : flow.Structure.Add(new StructureElement("L"));

    // No single first or last line of a longer paragraph alone on a page.
    private static int LinesHere(PageFlow flow, TextBox box, int first)
    {
        int left = box.Lines.Count - first;
        int fitting = Math.Min(left, (int)((flow.Remaining + 0.01) / box.LineHeight));
        if (flow.IsAtTop)
        {
            return Math.Max(1, fitting);
        }

        if (fitting < left && left - fitting == 1 && fitting > 1)
        {
            fitting--;
        }

        return fitting == 1 && left > 1 ? 0 : fitting;
    }
}
