using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>A widget annotation of a field (ISO 32000-2 §12.5.6.19).</summary>
/// <param name="Reference">Null when it is a direct object.</param>
/// <param name="Dictionary">The annotation; the field's own dictionary when both are one.</param>
internal sealed record Widget(PdfReference? Reference, PdfDictionary Dictionary);
