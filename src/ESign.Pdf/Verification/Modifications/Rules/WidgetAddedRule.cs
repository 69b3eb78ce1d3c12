namespace ESign.Pdf.Verification.Modifications.Rules;

/// <summary>A field that was nowhere, or elsewhere, was put on a page.</summary>
internal sealed class WidgetAddedRule()
    : ModificationRule("widget-added", "ISO 32000-2 §12.8.2.2 table 257, §12.7.4", ModificationLevel.Other)
{
    public override bool Explains(Change change, RevisionStep step) => change is { Place: ChangePlace.AnnotationAdded, Field: not null };

    public override string Describe(Change change) => $"域“{change.Field?.Name}”被放到页面上 / The field {change.Field?.Name} was put on a page where it was not";
}
