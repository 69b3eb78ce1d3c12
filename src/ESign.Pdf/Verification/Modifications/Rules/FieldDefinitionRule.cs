namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Something of a field was changed that filling in does not change.</summary>
internal sealed class FieldDefinitionRule()
    : ModificationRule("field-redefined", "ISO 32000-2 §12.8.2.2 table 257, §12.7.4", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Field };

    public override string Describe(Change change) => $"域“{change.Field?.Name}”的定义 /{change.Key} 被更改 / The definition of the field {change.Field?.Name} was changed: /{change.Key}";
}
