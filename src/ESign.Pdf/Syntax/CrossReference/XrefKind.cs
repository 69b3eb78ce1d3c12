namespace ESign.Pdf.Syntax.CrossReference;

/// <summary>How a cross-reference section is written.</summary>
internal enum XrefKind : byte
{
    /// <summary>A table (ISO 32000-2 §7.5.4).</summary>
    Table,

    /// <summary>A stream (§7.5.8).</summary>
    Stream,

    /// <summary>A table with a stream beside it for the objects it hides (§7.5.8.4).</summary>
    Hybrid,

    /// <summary>None: rebuilt by scanning the file.</summary>
    Rebuilt,
}
