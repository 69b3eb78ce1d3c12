using System.Collections.Frozen;

namespace ESign.Pdf.Verification.Modifications;

/// <summary>What a value stands for where it is: the key it is under says it, unless keys are names there that a writer chose.</summary>
/// <remarks>
/// ISO 32000-2 §7.8.3, §12.5.5: a font may be called <c>/P</c> or <c>/Parent</c>, and an object may be a comment and a graphics
/// state at once. Whether a reference leads to a page or a field as such depends on both.
/// </remarks>
/// <param name="Role">The key; null where it is a chosen name.</param>
/// <param name="HoldsNames">Whether the keys inside are chosen names.</param>
/// <param name="IsStructure">Whether it is part of the structure tree, where /P leads up (table 355).</param>
internal readonly record struct ValueContext(string? Role, bool HoldsNames, bool IsStructure)
{
    /// <summary>Resource categories (table 34), glyph procedures, colorants, and the states of appearances (table 170).</summary>
    private static readonly FrozenSet<string> NameHolders = FrozenSet.Create(
        StringComparer.Ordinal, "ExtGState", "ColorSpace", "Pattern", "Shading", "XObject", "Font", "Properties", "CharProcs", "Colorants", "N", "R", "D");

    /// <summary>Keys under which fields, widgets and other annotations are referred to as what they are.</summary>
    private static readonly FrozenSet<string> AnnotationRoles = FrozenSet.Create(
        StringComparer.Ordinal, "Parent", "P", "Kids", "Annots", "Fields", "CO", "Popup", "IRT", "Obj", "T", "AN", "Annotation", "TA", "Data");

    private static readonly FrozenSet<string> TreeRoles = FrozenSet.Create(StringComparer.Ordinal, "Parent", "P", "Kids", "Pages");

    public bool MeansAnnotation => Role is not null && AnnotationRoles.Contains(Role);

    public bool MeansPageTree => Role is not null && TreeRoles.Contains(Role);

    public static ValueContext Of(string key) => new(key.Length == 0 ? null : key, NameHolders.Contains(key), key == "StructTreeRoot");

    public ValueContext Under(string key) => HoldsNames ? new(null, false, IsStructure) : new(key, NameHolders.Contains(key), IsStructure);

    /// <summary>Whether an entry inside leads back up the structure tree.</summary>
    public bool LeadsUp(string key) => IsStructure && key == "P";
}
