using ESign.Pdf.Document;
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
        && field.Widgets.All(widget => ShowsNothing(widget, step.After.View));

    public override string Describe(Change change) => $"添加了文档时间戳“{change.Field?.Name}” / The document timestamp {change.Field?.Name} was added";

    private static bool IsTimestamp(PdfDictionary signature, IObjectResolver resolver) =>
        resolver.Resolve(signature["Type"]) is PdfName { Value: "DocTimeStamp" } || resolver.Resolve(signature["SubFilter"]) is PdfName { Value: "ETSI.RFC3161" };

    private static bool ShowsNothing(Widget widget, IObjectResolver resolver)
    {
        // Bits 2 and 6 of /F (table 167): Hidden and NoView.
        bool isHidden = resolver.Resolve(widget.Dictionary["F"]) is PdfInteger flags && (flags.Value & 0x22) != 0;
        return isHidden
            || Page.ReadRectangle(resolver, widget.Dictionary["Rect"]) is null or { Width: 0 } or { Height: 0 }
            || !PaintsSomething(widget, resolver);
    }

    private static bool PaintsSomething(Widget widget, IObjectResolver resolver) =>
        resolver.Resolve((resolver.Resolve(widget.Dictionary["AP"]) as PdfDictionary)?["N"]) switch
        {
            PdfNull => false,
            PdfStream stream => resolver.Decode(stream).Span.ContainsAnyExcept(" \t\r\n%"u8),
            _ => true,
        };
}
