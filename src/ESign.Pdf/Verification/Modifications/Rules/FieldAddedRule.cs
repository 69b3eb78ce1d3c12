namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field other than for a signature was added: it shows what nobody signed.</summary>
internal sealed class FieldAddedRule()
    : ModificationRule("field-added", "ISO 32000-2 §12.8.2.2 table 257", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.FieldAdded };

    public override string Describe(Change change) => $"新增了域“{change.Field?.Name}”，其内容未被签名 / The field {change.Field?.Name} was added; what it shows was not signed";
}
