namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A text field shows something other than its value, or began to show it: the reader sees one thing, the file says another.</summary>
/// <remarks>
/// The shadow attack "replace" signs a field whose appearance hides its value, and lets the value show later
/// (Mainka et al., NDSS 2021, §III-C). Formatting does not count, see <see cref="ShownText"/>.
/// </remarks>
internal sealed class ValueNotShownRule()
    : ModificationRule("value-not-shown", "ISO 32000-2 §12.7.4.3; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "V" or "AP", Field: { FieldType: "Tx" } after, FieldBefore: { } before }
        && (Contradicts(after, step.After) || (KeepsItsValue(before, after, step) && Contradicts(before, step.Before)));

    public override string Describe(Change change) =>
        $"文本域“{change.Field?.Name}”显示的内容与其值不一致，或签名时显示的不是其值 / The text field {change.Field?.Name} shows something other than its value, or did when it was signed";

    private static bool KeepsItsValue(FieldState before, FieldState after, RevisionStep step) =>
        string.Equals(ShownText.OfValue(before, step.Before), ShownText.OfValue(after, step.After), StringComparison.Ordinal);

    private static bool Contradicts(FieldState field, RevisionState state) =>
        ShownText.OfValue(field, state) is { } value && ShownText.OfAppearance(field, state) is { } shown && !ShownText.Agree(value, shown);
}
