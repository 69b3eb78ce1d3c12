using ESign.Pdf.Document;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Signing;

/// <summary>Which form fields may not change once the signature is there: a FieldMDP transform and the field's <c>/Lock</c>.</summary>
/// <remarks>ISO 32000-2 §12.8.2.4 and §12.7.5.5. Names are compared by component: <c>a.b</c> covers <c>a.b.c</c> but not <c>a.bc</c>.</remarks>
public abstract record FieldLock
{
    private FieldLock()
    {
    }

    /// <summary>Locks every field.</summary>
    public static FieldLock All { get; } = new AllFields();

    /// <summary>Locks the named fields and their descendants.</summary>
    /// <param name="fields">Fully qualified field names.</param>
    /// <returns>The lock.</returns>
    public static FieldLock Include(params IReadOnlyList<string> fields) => new IncludedFields([.. fields]);

    /// <summary>Locks every field but the named ones and their descendants.</summary>
    /// <param name="fields">Fully qualified field names.</param>
    /// <returns>The lock.</returns>
    public static FieldLock Exclude(params IReadOnlyList<string> fields) => new ExcludedFields([.. fields]);

    /// <summary>The lock that an existing field's <c>/Lock</c> describes.</summary>
    internal static FieldLock Read(PdfDocument document, PdfDictionary entries)
    {
        string[] names = [.. (document.Resolve(entries["Fields"]) as PdfArray ?? PdfArray.Empty).Select(document.Resolve).OfType<PdfString>().Select(name => name.ToText())];
        return (document.Resolve(entries["Action"]) as PdfName)?.Value switch
        {
            "Include" => Include(names),
            "Exclude" => Exclude(names),
            _ => All,
        };
    }

    /// <summary>A lock that locks what either of two locks.</summary>
    internal static FieldLock? Combine(FieldLock? first, FieldLock? second) => (first, second) switch
    {
        (null, _) => second,
        (_, null) => first,
        (AllFields, _) or (_, AllFields) => All,
        (IncludedFields a, IncludedFields b) => Include([.. a.Fields.Union(b.Fields, StringComparer.Ordinal)]),
        (ExcludedFields a, ExcludedFields b) => Exclude([.. a.Fields.Intersect(b.Fields, StringComparer.Ordinal)]),
        (ExcludedFields a, IncludedFields b) => Exclude([.. a.Fields.Except(b.Fields, StringComparer.Ordinal)]),
        (IncludedFields a, ExcludedFields b) => Exclude([.. b.Fields.Except(a.Fields, StringComparer.Ordinal)]),
        _ => All,
    };

    internal sealed record AllFields : FieldLock;

    internal sealed record IncludedFields(IReadOnlyList<string> Fields) : FieldLock;

    internal sealed record ExcludedFields(IReadOnlyList<string> Fields) : FieldLock;
}
