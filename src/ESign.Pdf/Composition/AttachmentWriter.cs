using ESign.Pdf.Objects;

namespace ESign.Pdf.Composition;

/// <summary>Writes attached files and names them in the catalog.</summary>
/// <remarks>ISO 32000-2 §7.11.4 (embedded files), §7.7.4 (name tree, sorted), §14.13 (associated files); ISO 19005-3 §6.8.</remarks>
internal static class AttachmentWriter
{
    public static PdfDictionary AddTo(PdfDictionary catalog, IObjectSink sink, IReadOnlyList<AttachedFile> files)
    {
        if (files.Count == 0)
        {
            return catalog;
        }

        var names = new List<PdfObject>();
        var associated = new List<PdfObject>();
        foreach (AttachedFile file in files.OrderBy(file => Convert.ToHexString(PdfString.Text(file.Name).Bytes.Span), StringComparer.Ordinal))
        {
            PdfReference specification = sink.Add(Specification(sink, file));
            names.Add(PdfString.Text(file.Name));
            names.Add(specification);
            associated.Add(specification);
        }

        return catalog
            .With("Names", new PdfDictionary(("EmbeddedFiles", new PdfDictionary(("Names", new PdfArray(names))))))
            .With("AF", new PdfArray(associated));
    }

    private static PdfDictionary Specification(IObjectSink sink, AttachedFile file)
    {
        var parameters = new PdfDictionary(("Size", file.Content.Length));
        if (file.Modified is { } modified)
        {
            parameters = parameters.With("ModDate", DocumentMetadata.Date(modified));
        }

        PdfReference content = sink.Add(ComposedDocument.Compress(file.Content.Span, new PdfDictionary(
            ("Type", new PdfName("EmbeddedFile")),
            ("Subtype", new PdfName(file.MediaType)),
            ("Params", parameters))));
        var specification = new PdfDictionary(
            ("Type", new PdfName("Filespec")),
            ("F", PdfString.Text(file.Name)),
            ("UF", PdfString.Text(file.Name)),
            ("AFRelationship", new PdfName(file.Relationship)),
            ("EF", new PdfDictionary(("F", content), ("UF", content))));
        return file.Description.Length > 0 ? specification.With("Desc", PdfString.Text(file.Description)) : specification;
    }
}
