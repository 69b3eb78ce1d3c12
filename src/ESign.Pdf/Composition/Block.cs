namespace ESign.Pdf.Composition;

/// <summary>A part of a document that stands below the one before it and may go on over the page's end.</summary>
internal abstract class Block
{
    private protected Block()
    {
    }

    /// <summary>Draws itself at the flow's place and moves that down.</summary>
    internal abstract void Compose(PageFlow flow);

    /// <summary>Whether it must not be the last on a page: it leads in what follows.</summary>
    internal virtual bool StaysWithNext => false;

    /// <summary>The least height in which it can begin, so that a heading does not stand alone at a page's end.</summary>
    internal virtual double HeightToBegin(PageFlow flow) => 0;
}
