using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field shows a signature that was made for another one.</summary>
internal sealed class SignatureCopiedRule()
    : ModificationRule("signature-copied", "ISO 32000-2 §12.8.1, §12.7.5.5", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field or ChangePlace.FieldAdded, Field: { IsSignature: true } field }
        && change.Key is "V" or ""
        && field.Terminal?.Value is PdfReference reference
        && !step.IsTouched(reference)
        && field.Signature(step.After.View) is not null;

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”引用了为其他域所作的旧签名 / The field {change.Field?.Name} shows an older signature that was made elsewhere";
}
