namespace ESign.Pdf.Objects;

/// <summary>Takes new indirect objects: an incremental update, or a new document being composed.</summary>
internal interface IObjectSink
{
    /// <summary>A new object number, its object to be given later with <see cref="Set"/>.</summary>
    PdfReference Reserve();

    /// <summary>Adds a new indirect object.</summary>
    PdfReference Add(PdfObject value);

    /// <summary>Gives a reserved or existing number its (new) object.</summary>
    void Set(PdfReference reference, PdfObject value);
}
