namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A signature field was taken away.</summary>
internal sealed class SignatureRemovedRule()
    : ModificationRule("signature-removed", "ISO 32000-2 §12.8.1", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.FieldRemoved, Field.IsSignature: true };

    public override string Describe(Change change) => $"签名域“{change.Field?.Name}”被删除 / The signature field {change.Field?.Name} was removed";
}
