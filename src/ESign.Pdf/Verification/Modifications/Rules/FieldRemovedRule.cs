namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field was taken away.</summary>
internal sealed class FieldRemovedRule()
    : ModificationRule("field-removed", "ISO 32000-2 §12.8.2.2 table 257", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.FieldRemoved };

    public override string Describe(Change change) => $"域“{change.Field?.Name}”被删除 / The field {change.Field?.Name} was removed";
}
