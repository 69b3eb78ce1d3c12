namespace ESign.Pdf.Objects;

/// <summary>Reads indirect objects and decodes streams; what everything above the syntax layer reads through.</summary>
internal interface IObjectResolver
{
    /// <summary>Follows a reference (and a reference to a reference, within limits) to its object.</summary>
    /// <param name="value">Any object, or none.</param>
    /// <returns>The object itself when it is direct; <see cref="PdfNull"/> when it is missing.</returns>
    PdfObject Resolve(PdfObject? value);

    /// <summary>Decrypts and decodes a stream through all its filters except image filters.</summary>
    /// <param name="stream">The stream.</param>
    /// <returns>The decoded bytes, bounded by the reader's limits.</returns>
    /// <exception cref="PdfFormatException">A filter is unknown or its data is damaged, or a limit was reached.</exception>
    ReadOnlyMemory<byte> Decode(PdfStream stream);
}
