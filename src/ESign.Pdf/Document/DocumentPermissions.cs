namespace ESign.Pdf.Document;

/// <summary>What the encryption dictionary's /P permits to who opened the file as a user (ISO 32000-2 table 22).</summary>
[Flags]
internal enum DocumentPermissions
{
    None = 0,
    Print = 1 << 2,

    /// <summary>Changing the document otherwise than by the operations below.</summary>
    Modify = 1 << 3,

    Copy = 1 << 4,

    /// <summary>Adding annotations and filling form fields; with <see cref="Modify"/> also creating fields.</summary>
    Annotate = 1 << 5,

    /// <summary>Filling existing fields, signature fields included, even where <see cref="Annotate"/> is not given.</summary>
    FillForms = 1 << 8,

    Accessibility = 1 << 9,
    Assemble = 1 << 10,
    PrintFaithfully = 1 << 11,
}
