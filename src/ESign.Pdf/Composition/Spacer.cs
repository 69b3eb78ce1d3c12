namespace ESign.Pdf.Composition;

/// <summary>Empty height, in points; none at the top of a page.</summary>
internal sealed class Spacer(double height) : Block
{
    internal override void Compose(PageFlow flow) => flow.Skip(height);
}
