namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field got a signature that does not cover the revision it came with: nobody signed, and the field shows it all the same.</summary>
/// <remarks>Signing is what certifications allow; a copied or empty signature dictionary with a seal on top of it is no signing.</remarks>
internal sealed class SignatureSignsNothingRule()
    : ModificationRule("signature-signs-nothing", "ISO 32000-2 §12.8.1, §12.8.2.2; sneaky signature (IEEE S&P 2021)", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change is { Place: ChangePlace.Field or ChangePlace.FieldAdded or ChangePlace.AnnotationAdded, Field: { } field }
        && change.Key is "V" or "AP" or ""
        && field.Signature(step.After.View) is not null
        && change.FieldBefore?.Signature(step.Before.View) is null
        && !step.IsSignedHere(field.Terminal?.Value);

    public override string Describe(Change change) =>
        $"域“{change.Field?.Name}”新增的签名并不覆盖其所在的修订版，等于无人签署 / The signature that was put into {change.Field?.Name} does not cover the revision it came with: nobody signed";
}
