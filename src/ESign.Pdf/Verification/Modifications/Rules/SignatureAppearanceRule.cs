namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A seal or signature that was set looks different now, or is hidden.</summary>
internal sealed class SignatureAppearanceRule()
    : ModificationRule("signature-appearance-changed", "ISO 32000-2 §12.8.2.2 table 257, §12.7.5.5", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.Field, FieldBefore: { } before, Key: "AP" or "AS" or "F" or "MK" or "OC" } && before.Signature(step.Before.View) is not null;

    public override string Describe(Change change) => $"已签署的签名域“{change.Field?.Name}”的外观被更改 / The appearance of the signed field {change.Field?.Name} was changed";
}
