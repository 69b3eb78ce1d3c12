using System.Collections.Frozen;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field that was there was filled in: its value and how that looks, nothing of what the field is or where it stands.</summary>
/// <remarks>What fields inherit from the group they are in is no value of one of them, and nobody fills it in.</remarks>
internal sealed class FieldFilledRule()
    : ModificationRule("field-filled", "ISO 32000-2 §12.8.2.2 table 257, §12.7.4", ModificationLevel.FormFilling)
{
    private static readonly FrozenSet<string> Keys =
        FrozenSet.Create(StringComparer.Ordinal, "V", "AP", "AS", "F", "DA", "DS", "RV", "Q", "I", "TI", "Ff", "Type", "M");

    /// <summary>ReadOnly, Required and NoExport (table 227).</summary>
    private const int UseFlags = 0b111;

    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Field: { FieldType: "Tx" or "Btn" or "Ch", Terminal: not null } }
        && string.Equals(change.FieldBefore?.FieldType, change.Field.FieldType, StringComparison.Ordinal)
        && Keys.Contains(change.Key)
        && (change.Key != "Ff" || KeepsItsNature(change))
        && (change.Key != "Type" || IsAnnotation(change.After, step.After));

    public override string Describe(Change change) => $"填写了域“{change.Field?.Name}” / The field {change.Field?.Name} was filled in";

    /// <summary>The one value that a widget's /Type can have (table 166): some writers add it.</summary>
    public static bool IsAnnotation(PdfObject? type, RevisionState state) => state.View.Resolve(type) is PdfName { Value: "Annot" };

    /// <summary>Whether it may be filled in changes with filling in; whether it is a password, say, whose value need not be shown, does not.</summary>
    private static bool KeepsItsNature(Change change) => (((change.FieldBefore?.Terminal?.Flags ?? 0) ^ (change.Field?.Terminal?.Flags ?? 0)) & ~UseFlags) == 0;
}
