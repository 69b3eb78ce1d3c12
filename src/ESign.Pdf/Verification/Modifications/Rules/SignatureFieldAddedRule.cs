using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A signature field was created, and perhaps signed at once.</summary>
/// <remarks>
/// Allowed after approval signatures, where it is how the next party signs; after a certification it is an annotation that the
/// certifier did not foresee and may cover what was certified.
/// </remarks>
internal sealed class SignatureFieldAddedRule()
    : ModificationRule("signature-field-added", "ISO 32000-2 §12.8.2.2 table 257", ModificationLevel.FormFilling)
{
    public override bool Explains(Change change, RevisionStep step) => change switch
    {
        { Field: { } field } when StartsSomething(field) => false,
        { Place: ChangePlace.FieldAdded, Field: { Terminal: null } group } => group.FieldType is null or "Sig" && !group.Dictionary.ContainsKey("AP"),
        { Place: ChangePlace.FieldAdded, Field: { IsSignature: true } field } => IsNew(field, step)
            && (SignatureFilledRule.IsNewSignature(change, step) || IsEmpty(field, step)),
        { Place: ChangePlace.AnnotationAdded, Field: { IsSignature: true } field } => change.FieldBefore?.Signature(step.Before.View) is null
            && (SignatureFilledRule.IsNewSignature(change, step) || IsEmpty(field, step)),
        _ => false,
    };

    public override string Describe(Change change) => $"新增了签名域“{change.Field?.Name}” / The signature field {change.Field?.Name} was added";

    public override string? Objection(Change change, Restrictions inForce) =>
        inForce.AllowsNewSignatureFields ? base.Objection(change, inForce) : "认证之后不允许新增签名域 / no signature fields may be added after the certification";

    /// <summary>A field that waits for its signature has nothing to show: a picture in it would be content that nobody signed.</summary>
    private static bool IsEmpty(FieldState field, RevisionStep step) =>
        step.After.View.Resolve(field.Terminal?.Value) is PdfNull && field.Widgets.All(widget => WidgetLook.ShowsNothing(widget, step.After));

    /// <summary>Signing needs no action (§12.6.3): one that a new field brings along is run by whoever opens or passes over it.</summary>
    public static bool StartsSomething(FieldState field) =>
        IsAction(field.Dictionary) || field.Widgets.Any(widget => IsAction(widget.Dictionary));

    private static bool IsAction(PdfDictionary dictionary) => dictionary.ContainsKey("A") || dictionary.ContainsKey("AA");

    private static bool IsNew(FieldState field, RevisionStep step) =>
        (field.Node.Reference is not { } reference || step.IsTouched(reference))
        && field.Widgets.Count <= 1
        && field.Widgets.All(widget => widget.Reference is not { } shown || step.IsTouched(shown));
}
