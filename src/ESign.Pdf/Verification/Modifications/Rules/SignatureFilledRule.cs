using System.Collections.Frozen;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A signature field that was waiting was signed; only its value and its appearance were set.</summary>
internal sealed class SignatureFilledRule()
    : ModificationRule("signature-added", "ISO 32000-2 §12.8.2.2 table 257, §12.7.5.5", ModificationLevel.FormFilling)
{
    /// <summary>What signing sets in the field and in its widget.</summary>
    public static FrozenSet<string> Keys { get; } = FrozenSet.Create(StringComparer.Ordinal, "V", "AP", "AS", "F", "DA", "Q", "Ff", "Type", "M");

    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field, Field.IsSignature: true }
        && Keys.Contains(change.Key)
        && (change.Key != "Type" || FieldFilledRule.IsAnnotation(change.After, step.After))
        && IsNewSignature(change, step)
        && !HiddenObjectShownRule.ShowsHiddenObject(change, step);

    public override string Describe(Change change) => $"签署了签名域“{change.Field?.Name}” / The signature field {change.Field?.Name} was signed";

    /// <summary>Whether the field was not signed before and is now, with a signature that no field had before and that covers this revision.</summary>
    public static bool IsNewSignature(Change change, RevisionStep step)
    {
        PdfObject? value = change.Field?.Terminal?.Value;
        return change.Field?.Signature(step.After.View) is not null
            && change.FieldBefore?.Signature(step.Before.View) is null
            && (value is not PdfReference reference || step.IsTouched(reference))
            && step.IsSignedHere(value);
    }
}
