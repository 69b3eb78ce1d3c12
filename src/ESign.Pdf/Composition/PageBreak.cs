namespace ESign.Pdf.Composition;

/// <summary>What follows starts on a new page.</summary>
internal sealed class PageBreak : Block
{
    internal override void Compose(PageFlow flow) => flow.NewPage();
}
