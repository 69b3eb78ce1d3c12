using ESign.Pdf.Objects;

namespace ESign.Pdf.Document;

/// <summary>Which fields a signature locks: a FieldMDP transform, or the field's <c>/Lock</c>.</summary>
/// <remarks>ISO 32000-2 §12.8.2.4 table 258; §12.7.5.5 table 236. Names are compared by component: <c>a.b</c> covers <c>a.b.c</c>, not <c>a.bc</c>.</remarks>
/// <param name="Action">All, Include or Exclude, as written; an unknown word locks every field.</param>
/// <param name="Fields">The fully qualified names that Include or Exclude speak of.</param>
/// <param name="Permissions">/P of a lock (PDF 2.0): what is still allowed in the whole document; null when absent.</param>
internal sealed record FieldMdp(string Action, IReadOnlyList<string> Fields, int? Permissions)
{
    /// <summary>Names beyond this many are not read: the form itself has no more fields.</summary>
    private const int MaximumFields = 100_000;

    public static FieldMdp Read(PdfDictionary parameters, IObjectResolver resolver) => new(
        (resolver.Resolve(parameters["Action"]) as PdfName)?.Value ?? "All",
        [.. (resolver.Resolve(parameters["Fields"]) as PdfArray ?? PdfArray.Empty)
            .Take(MaximumFields)
            .Select(name => (resolver.Resolve(name) as PdfString)?.ToText())
            .OfType<string>()],
        resolver.Resolve(parameters["P"]) is PdfInteger { Value: >= 1 and <= 3 } permissions ? (int)permissions.Value : null);

    /// <summary>Whether the field of this name is locked.</summary>
    public bool Locks(string fieldName) => Action switch
    {
        "Include" => Fields.Any(name => Covers(name, fieldName)),
        "Exclude" => !Fields.Any(name => Covers(name, fieldName)),
        _ => true,
    };

    /// <summary>Whether a name in a lock covers a field: itself or an ancestor, by whole components.</summary>
    public static bool Covers(string name, string fieldName) =>
        fieldName.StartsWith(name, StringComparison.Ordinal) && (fieldName.Length == name.Length || fieldName[name.Length] == '.');
}
