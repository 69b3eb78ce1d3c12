namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>The signature dictionary of a signed field was changed, replaced or taken away; readers show its reason, name and time as signed.</summary>
internal sealed class SignatureChangedRule()
    : ModificationRule("signature-changed", "ISO 32000-2 §12.8.1 table 255", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "V", FieldBefore: { } before } && before.Signature(step.Before.View) is not null;

    public override string Describe(Change change) =>
        $"签名域“{change.Field?.Name}”的签名字典在签名后被更改或替换 / The signature dictionary of {change.Field?.Name} was changed or replaced after signing";
}
