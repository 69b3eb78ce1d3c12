using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>An intermediate node of the page tree, with the way back to the root.</summary>
/// <param name="Parent">The node above; null at the root.</param>
/// <param name="IndexInParent">Which of the parent's kids this is.</param>
/// <param name="Reference">Null when it is a direct object within its parent.</param>
/// <param name="Dictionary">The node.</param>
/// <param name="Kids">Its kids as written.</param>
/// <param name="Depth">0 at the root.</param>
internal sealed record PageNode(PageNode? Parent, int IndexInParent, PdfReference? Reference, PdfDictionary Dictionary, PdfArray Kids, int Depth);
