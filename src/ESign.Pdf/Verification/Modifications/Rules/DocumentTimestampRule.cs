using ESign.Pdf.Objects;

namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A document timestamp was added, in a field that shows nothing.</summary>
internal sealed class DocumentTimestampRule()
    : ModificationRule("document-timestamp", "ISO 32000-2 §12.8.5; ETSI EN 319 142-1 §5.4.3", ModificationLevel.LongTermData)
{
    public override bool Explains(Change change, RevisionStep step) =>
        change.Field is { } field
        && (change.Place is ChangePlace.FieldAdded or ChangePlace.AnnotationAdded || (change.Place == ChangePlace.Field && SignatureFilledRule.Keys.Contains(change.Key)))
        && field.Signature(step.After.View) is { } signature
        && SignatureFilledRule.IsNewSignature(change, step)
        && IsTimestamp(signature, step.After.View)
        && (change.Place == ChangePlace.Field || !SignatureFieldAddedRule.StartsSomething(field))
        && field.Widgets.All(widget => WidgetLook.ShowsNothing(widget, step.After));

    public override string Describe(Change change) => $"添加了文档时间戳“{change.Field?.Name}” / The document timestamp {change.Field?.Name} was added";

    private static bool IsTimestamp(PdfDictionary signature, IObjectResolver resolver) =>
        resolver.Resolve(signature["Type"]) is PdfName { Value: "DocTimeStamp" } || resolver.Resolve(signature["SubFilter"]) is PdfName { Value: "ETSI.RFC3161" };
}
