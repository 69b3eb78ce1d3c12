using System.Collections.Frozen;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A comment was added, changed or removed.</summary>
internal sealed class AnnotationRule()
    : ModificationRule("annotation-changed", "ISO 32000-2 §12.8.2.2 table 257, §12.5.6.2", ModificationLevel.Annotations)
{
    /// <summary>Markup annotations (table 172) and their pop-ups; all others are part of the document.</summary>
    private static readonly FrozenSet<string> Subtypes = FrozenSet.Create(
        StringComparer.Ordinal, "Text", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight", "Underline", "Squiggly", "StrikeOut", "Caret", "Stamp", "Ink", "Popup");

    private static readonly string[] Actions = ["A", "AA"];

    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.AnnotationAdded or ChangePlace.AnnotationRemoved or ChangePlace.Annotation, Field: null }
        && (change.Before is null || IsMarkup(change.Before, step.Before))
        && (change.After is null || (IsMarkup(change.After, step.After) && !Acts(change, step)));

    public override string Describe(Change change) => change.Place switch
    {
        ChangePlace.AnnotationAdded => "添加了批注 / An annotation was added",
        ChangePlace.AnnotationRemoved => "删除了批注 / An annotation was removed",
        _ => $"更改了批注（/{change.Key}） / An annotation was changed: /{change.Key}",
    };

    /// <summary>A comment starts nothing (§12.6.2 gives actions to links, fields and screens): one that does is a button nobody signed.</summary>
    private static bool Acts(Change change, RevisionStep step) => change.After is PdfDictionary after
        && Actions.Any(key => after.ContainsKey(key) && !step.Comparer.Same((change.Before as PdfDictionary)?[key], after[key], key));

    private static bool IsMarkup(PdfObject annotation, RevisionState state) =>
        annotation is PdfDictionary dictionary && state.View.Resolve(dictionary["Subtype"]) is PdfName subtype && Subtypes.Contains(subtype.Value);
}
