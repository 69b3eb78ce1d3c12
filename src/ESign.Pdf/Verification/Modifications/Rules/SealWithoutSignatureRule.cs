using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A strip or a signature field began to show something, and nobody signed: a seal that vouches for nothing.</summary>
/// <remarks>Parts of cross-page seals are read-only text fields that a signer gives their appearance while signing; see the locks for who may.</remarks>
internal sealed class SealWithoutSignatureRule()
    : ModificationRule("seal-without-signature", "ISO 32000-2 §12.7.5.5, §12.8.2.4", ModificationLevel.FormFilling)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Key: "AP" or "AS" or "F", Field: { Terminal: { } terminal } field, FieldBefore: { } before }
        && ((field.IsSignature && field.Signature(step.After.View) is null)
            || (field.FieldType == "Tx"
                && (terminal.Flags & 1) != 0
                && (before.Terminal?.Flags & 1) != 0
                && step.After.View.Resolve(terminal.Value) is PdfNull
                && !step.AddsSignature));

    public override string Describe(Change change) =>
        $"注意：域“{change.Field?.Name}”显示了印章或图像，但同一修订版中没有签名 / Warning: the field {change.Field?.Name} shows a seal or picture, but nobody signed in that revision";

    public override string? Objection(Change change, Restrictions inForce) => change.Field is { IsSignature: true }
        ? "尚未签署的签名域不应显示任何内容 / a field that nobody signed has nothing to show"
        : base.Objection(change, inForce);
}
