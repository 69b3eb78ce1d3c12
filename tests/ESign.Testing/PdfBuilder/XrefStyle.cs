namespace ESign.Testing.PdfBuilder;

/// <summary>How a test file's cross-reference section is written.</summary>
public enum XrefStyle
{
    Table,
    Stream,

    /// <summary>A table, with a stream for the objects in object streams.</summary>
    Hybrid,
}
