using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>A signature field, signed or waiting (ISO 32000-2 §12.7.5.5).</summary>
internal sealed class SignatureField
{
    private readonly PdfDocument _document;

    public SignatureField(PdfDocument document, FormField field)
    {
        _document = document;
        Field = field;
    }

    public FormField Field { get; }

    public string Name => Field.Name;

    /// <summary>The signature dictionary; null when the field is not signed.</summary>
    public PdfDictionary? Value => _document.Resolve(Field.Value) as PdfDictionary;

    /// <summary>The signature dictionary's own reference; null when unsigned or (wrongly) direct.</summary>
    public PdfReference? ValueReference => Field.Value as PdfReference;

    public bool IsSigned => Value is not null;

    /// <summary>/Lock: what signing this field locks (table 236).</summary>
    public PdfDictionary? Lock => _document.Resolve(Field.Dictionary["Lock"]) as PdfDictionary;

    /// <summary>/SV: constraints the signature must keep (table 237).</summary>
    public PdfDictionary? SeedValue => _document.Resolve(Field.Dictionary["SV"]) as PdfDictionary;
}
