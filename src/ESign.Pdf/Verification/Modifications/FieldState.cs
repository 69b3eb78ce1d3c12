using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>A field of the form as of one revision.</summary>
/// <param name="Key">Its name, made unique where several fields have the same.</param>
/// <param name="Node">Where it stands in the field tree.</param>
/// <param name="Terminal">The field with its widgets; null when there are only fields below it.</param>
/// <param name="FieldType">/FT, inherited; Sig too where the value is a signature whatever the type says; null when there is none.</param>
internal sealed record FieldState(string Key, FieldNode Node, FormField? Terminal, string? FieldType)
{
    public string Name => Node.Name;

    /// <summary>Whether it only stands on a page and is not listed in the form.</summary>
    public bool IsLoose { get; init; }

    public PdfDictionary Dictionary => Node.Dictionary;

    public IReadOnlyList<Widget> Widgets => Terminal?.Widgets ?? [];

    public bool IsSignature => string.Equals(FieldType, "Sig", StringComparison.Ordinal);

    /// <summary>The signature dictionary; null when it is not signed.</summary>
    public PdfDictionary? Signature(IObjectResolver resolver) => IsSignature ? resolver.Resolve(Terminal?.Value) as PdfDictionary : null;
}
