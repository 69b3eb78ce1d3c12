namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field no longer shows on its page.</summary>
internal sealed class WidgetRemovedRule()
    : ModificationRule("widget-removed", "ISO 32000-2 §12.8.2.2 table 257, §12.7.4", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.AnnotationRemoved, Field: not null };

    public override string Describe(Change change) => $"域“{change.Field?.Name}”从页面上消失 / The field {change.Field?.Name} was taken from its page";
}
