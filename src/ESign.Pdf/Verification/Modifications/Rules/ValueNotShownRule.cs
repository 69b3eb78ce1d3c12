using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A text field shows something other than its value, or began to show it: the reader sees one thing, the file says another.</summary>
/// <remarks>
/// The shadow attack "replace" signs a field whose appearance hides its value, and lets the value show later
/// (Mainka et al., NDSS 2021, §III-C). Formatting does not count, see <see cref="ShownText"/>.
/// </remarks>
internal sealed class ValueNotShownRule()
    : ModificationRule("value-not-shown", "ISO 32000-2 §12.7.4.3; shadow attacks (NDSS 2021)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change switch
    {
        { Place: ChangePlace.Field, Field: { FieldType: "Tx" or "Ch" } after, FieldBefore: { } before } => change.Key switch
        {
            "V" or "AP" or "AS" => (step.After.ContradictsValue(after) && !ShownText.IsStoredName(after, step.After))
                // A choice that was signed under the name it is stored under hid the one that shows now.
                || (KeepsItsValue(before, after, step) && step.Before.ContradictsValue(before))
                || (change.Key == "AP" && ShownText.ContradictsWhenPointedAt(before, after, step)),
            "RV" => ShownText.ContradictsRichText(after, step.After),
            "DA" => ReaderDrawnFields.Has(after, step.After) && !ReaderDrawnFields.IsPlain(change.After, step.After),
            "I" => ShownText.ContradictsIndices(after, step.After),
            _ => false,
        },
        // Readers draw every field from its value then, those too that were signed with another look.
        { Place: ChangePlace.Form, Key: "NeedAppearances" } when step.After.View.Resolve(change.After) is PdfBoolean { Value: true } =>
            step.Before.Fields.Any(field => field.FieldType is "Tx" or "Ch" && step.Before.ContradictsValue(field)),
        _ => false,
    };

    public override string Describe(Change change) => change.Field is null
        ? "要求阅读器按值重新绘制域，而有文本域签名时显示的不是其值 / Readers are told to draw the fields from their values, and a text field did not show its value when it was signed"
        : $"文本域“{change.Field?.Name}”显示的内容与其值不一致，或签名时显示的不是其值 / The text field {change.Field?.Name} shows something other than its value, or did when it was signed";

    private static bool KeepsItsValue(FieldState before, FieldState after, RevisionStep step) =>
        string.Equals(ShownText.Fold(ShownText.OfValue(before, step.Before) ?? ""), ShownText.Fold(ShownText.OfValue(after, step.After) ?? ""), StringComparison.Ordinal);
}
