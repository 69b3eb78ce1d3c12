namespace ESign.Pdf.Composition;

/// <summary>An open marked-content sequence; disposing closes it (ISO 32000-2 §14.6). Sequences of structure do not nest.</summary>
internal readonly ref struct MarkedSequence(PageCanvas canvas)
{
    public void Dispose() => canvas.EndMarked();
}
