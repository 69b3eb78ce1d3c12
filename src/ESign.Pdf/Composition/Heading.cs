namespace ESign.Pdf.Composition;

/// <summary>A heading: level 1 is the document's title, centred; 2 and 3 stand left. Each becomes a bookmark.</summary>
/// <param name="level">1 to 3.</param>
/// <param name="text">The words.</param>
internal sealed class Heading(int level, string text) : Block
{
    private readonly ParagraphStyle _style = level switch
    {
        1 => Style(20, spaceBefore: 8, spaceAfter: 14) with { Alignment = TextAlignment.Center },
        2 => Style(13, spaceBefore: 10, spaceAfter: 4),
        _ => Style(11, spaceBefore: 6, spaceAfter: 2),
    };

    internal override bool StaysWithNext => true;

    internal override void Compose(PageFlow flow)
    {
        TextBox box = Lines(flow);
        flow.Skip(_style.SpaceBefore);
        flow.EnsureSpace(Math.Min(box.Height + _style.SpaceAfter + Math.Max(3 * box.LineHeight, flow.NextNeeds), flow.Style.BodyHeight));
        flow.Mark(level, text);
        new Paragraph(text, _style with { SpaceBefore = 0 }) { Role = $"H{level}" }.Compose(flow);
    }

    internal override double HeightToBegin(PageFlow flow) => _style.SpaceBefore + Lines(flow).Height + _style.SpaceAfter;

    private TextBox Lines(PageFlow flow) => TextBox.Create(flow.Shaper, [new TextSpan(text)], _style, flow.Style.BodyWidth);

    private static ParagraphStyle Style(double size, double spaceBefore, double spaceAfter) => new()
    {
        Text = new TextStyle { Size = size, IsBold = true },
        Alignment = TextAlignment.Left,
        LineHeight = 1.5,
        SpaceBefore = spaceBefore,
        SpaceAfter = spaceAfter,
    };
}
