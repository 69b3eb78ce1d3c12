namespace ESign.Pdf.Composition;

/// <summary>A heading: level 1 is the document's title, centred; 2 and 3 stand left. Each becomes a bookmark.</summary>
/// <param name="level">1 to 3.</param>
/// <param name="text">The words.</param>
/// <param name="roomBelow">How much room, in points, what follows needs on the same page; three lines at least.</param>
internal sealed class Heading(int level, string text, double roomBelow = 0) : Block
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
        flow.EnsureSpace(Math.Min(box.Height + Math.Max(3 * box.LineHeight, roomBelow), flow.Style.BodyHeight));
        flow.Mark(level, text);
        new Paragraph(text, style with { SpaceBefore = 0 }) { Role = $"H{level}" }.Compose(flow);
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
