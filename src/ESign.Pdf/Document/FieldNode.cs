using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>A node of the field tree, terminal or not.</summary>
/// <param name="Parent">The node above; null at the top.</param>
/// <param name="Reference">Null when it is a direct object.</param>
/// <param name="Dictionary">The field dictionary.</param>
/// <param name="Name">The fully qualified name.</param>
/// <param name="Depth">0 at the top.</param>
internal sealed record FieldNode(FieldNode? Parent, PdfReference? Reference, PdfDictionary Dictionary, string Name, int Depth);
