namespace ESign.Pdf.Composition;

/// <summary>A heading: level 1 is the document's title, centred; 2 and 3 stand left. Each becomes a bookmark.</summary>
internal sealed class Heading(int level, string text) : Block
{
    internal override void Compose(PageFlow flow)
    {
        ParagraphStyle style = level switch
        {
            1 => Style(20, spaceBefore: 8, spaceAfter: 14) with { Alignment = TextAlignment.Center },
            2 => Style(13, spaceBefore: 10, spaceAfter: 4),
            _ => Style(11, spaceBefore: 6, spaceAfter: 2),
        };
        TextBox box = TextBox.Create(flow.Shaper, [new TextSpan(text)], style, flow.Style.BodyWidth);
        flow.Skip(style.SpaceBefore);
        flow.EnsureSpace(Math.Min(box.Height + (3 * box.LineHeight), flow.Style.BodyHeight));
        flow.Mark(level, text);
        new Paragraph(text, style with { SpaceBefore = 0 }).Compose(flow);
    }

    private static ParagraphStyle Style(double size, double spaceBefore, double spaceAfter) => new()
    {
        Text = new TextStyle { Size = size, IsBold = true },
        Alignment = TextAlignment.Left,
        LineHeight = 1.5,
        SpaceBefore = spaceBefore,
        SpaceAfter = spaceAfter,
    };
}
