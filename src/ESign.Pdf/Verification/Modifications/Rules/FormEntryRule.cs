namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>Something of the form was changed that filling in does not change, such as XFA or the order of calculation.</summary>
internal sealed class FormEntryRule()
    : ModificationRule("form-changed", "ISO 32000-2 §12.8.2.2, §12.7.3", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Form };

    public override string Describe(Change change) => $"表单项 /{change.Key} 被更改 / The form entry /{change.Key} was changed";
}
