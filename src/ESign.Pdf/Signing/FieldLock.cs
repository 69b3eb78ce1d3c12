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
    public static FieldLock Include(params IReadOnlyList<string> fields) => new IncludedFields(fields);

    /// <summary>Locks every field but the named ones and their descendants.</summary>
    /// <param name="fields">Fully qualified field names.</param>
    /// <returns>The lock.</returns>
    public static FieldLock Exclude(params IReadOnlyList<string> fields) => new ExcludedFields(fields);

    internal sealed record AllFields : FieldLock;

    internal sealed record IncludedFields(IReadOnlyList<string> Fields) : FieldLock;

    internal sealed record ExcludedFields(IReadOnlyList<string> Fields) : FieldLock;
}
